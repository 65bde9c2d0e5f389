"""Employment terms, housing and recruitment of an application."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from permits import role_rules
from wpis.classifications.languages import LANGUAGES
from wpis.classifications.provinces import Province
from wpis.crypto.fields import EncryptedTextField


class ContractTerm(models.TextChoices):
    """What a written contract must state (Labour Code art. 84)."""

    WAGE = "wage", _("the wage")
    HOURS = "hours", _("the working hours")
    PLACE = "place", _("the place of work")
    SIGNATURES = "signatures", _("both signatures")


class HousingProvider(models.TextChoices):
    """Who arranges where the worker sleeps."""

    EMPLOYER = "employer", _("The employer")
    RECRUITER = "recruiter", _("A recruiter or agent")
    WORKER = "worker", _("The worker arranges it")


class Payer(models.TextChoices):
    """Who pays a cost."""

    EMPLOYER = "employer", _("The employer")
    WORKER = "worker", _("The worker")
    RECRUITER = "recruiter", _("A recruiter or agent")


DEDUCTIONS = (
    *("deduction_housing", "deduction_food", "deduction_transport"),
    *("deduction_fees", "deduction_other"),
)
"""Everything that may be taken off a monthly wage, by column; 0 is "nothing", NULL is "not said"."""


class EmploymentTerms(models.Model):
    """The job according to the contract. Money is gross drams a month."""

    application = models.OneToOneField(
        "permits.Application", on_delete=models.PROTECT, primary_key=True, related_name="terms"
    )
    occupation = models.CharField(_("occupation"), max_length=4, blank=True, help_text="ISCO-08 unit group")
    job_title = models.CharField(_("job title in the contract"), max_length=150, blank=True)
    province = models.CharField(
        _("province of the workplace"), max_length=5, choices=Province.choices, blank=True
    )
    workplace = models.CharField(_("address of the workplace"), max_length=250, blank=True)
    weekly_hours = models.DecimalField(_("hours a week"), max_digits=4, decimal_places=1, null=True)
    days_per_week = models.PositiveSmallIntegerField(_("working days a week"), null=True)
    gross_wage = models.PositiveIntegerField(_("gross wage a month"), null=True)
    deduction_housing = models.PositiveIntegerField(_("deducted for housing"), null=True)
    deduction_food = models.PositiveIntegerField(_("deducted for food"), null=True)
    deduction_transport = models.PositiveIntegerField(_("deducted for transport"), null=True)
    deduction_fees = models.PositiveIntegerField(_("deducted for fees or advances"), null=True)
    deduction_other = models.PositiveIntegerField(_("other deductions"), null=True)
    wage_account = EncryptedTextField(
        _("bank account for the wage (IBAN or number)"), max_length=40, null=True
    )
    starts_on = models.DateField(_("contract starts"), null=True)
    ends_on = models.DateField(_("contract ends"), null=True)
    contract_states = ArrayField(
        models.CharField(max_length=12, choices=ContractTerm.choices),
        verbose_name=_("what the written contract states"),
        null=True,
    )
    contract_languages = ArrayField(
        models.CharField(max_length=3, choices=LANGUAGES),
        verbose_name=_("languages of the contract"),
        null=True,
    )
    contract_explained = models.BooleanField(_("the worker confirmed understanding the contract"), null=True)
    penalty_clause = models.BooleanField(_("the worker must pay when leaving early"), null=True)

    class Meta:
        triggers = role_rules.form_part("terms")

    @property
    def deductions(self) -> int | None:
        """All deductions from the monthly wage together, in drams; None when none was stated."""
        stated = [amount for name in DEDUCTIONS if (amount := getattr(self, name)) is not None]
        return sum(stated) if stated else None

    @property
    def deduction_kinds(self) -> dict[str, int]:
        """The deductions that were stated, by what they are for."""
        return {
            name.removeprefix("deduction_"): amount
            for name in DEDUCTIONS
            if (amount := getattr(self, name)) is not None
        }

    @property
    def nothing_deducted(self) -> bool | None:
        """True when every deduction was stated to be 0, False when one is more, None when nobody can tell."""
        if self.deductions:
            return False
        return True if all(getattr(self, name) == 0 for name in DEDUCTIONS) else None


class Housing(models.Model):
    """Where the worker will live."""

    application = models.OneToOneField("permits.Application", on_delete=models.PROTECT, primary_key=True)
    provider = models.CharField(
        _("who arranges housing"), max_length=10, choices=HousingProvider.choices, blank=True
    )
    province = models.CharField(_("province"), max_length=5, choices=Province.choices, blank=True)
    address = models.CharField(_("address where the worker will live"), max_length=250, blank=True)
    persons_per_room = models.PositiveSmallIntegerField(_("persons in one room"), null=True)
    capacity = models.PositiveSmallIntegerField(_("beds in the house"), null=True)
    at_workplace = models.BooleanField(_("on the grounds of the workplace"), null=True)

    class Meta:
        triggers = role_rules.form_part("housing")


class Recruitment(models.Model):
    """How the worker was found, and who pays for it."""

    application = models.OneToOneField("permits.Application", on_delete=models.PROTECT, primary_key=True)
    used_recruiter = models.BooleanField(_("a recruiter or agent found the worker"), null=True)
    recruiter_name = models.CharField(_("name of the recruiter"), max_length=200, blank=True)
    recruiter_country = models.CharField(_("country of the recruiter"), max_length=3, blank=True)
    recruiter_phone = models.CharField(_("telephone of the recruiter"), max_length=40, blank=True)
    recruiter_email = models.EmailField(_("e-mail of the recruiter"), blank=True)
    worker_fee = models.PositiveIntegerField(_("paid by the worker for the job, in drams"), null=True)
    advance = models.PositiveIntegerField(_("loan or advance the worker must pay back, in drams"), null=True)
    transport_by_employer = models.BooleanField(_("the employer drives the worker to work"), null=True)
    permit_cost_payer = models.CharField(
        _("who pays the state duty"), max_length=10, choices=Payer.choices, blank=True
    )

    class Meta:
        triggers = role_rules.form_part("recruitment")
