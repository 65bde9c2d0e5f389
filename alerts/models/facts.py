"""Facts: the one typed row about a submission that a rule may look at; NULL means that it is not known."""

import uuid
from enum import Enum
from functools import cache
from types import MappingProxyType
from typing import Any

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

VERSION = 1
"""Raised with every change of what a fact says or of which there are (tests/alerts/facts/test_versions.py);
`manage.py rebuild_facts` then gives the new version to all history."""

KEYS = frozenset(
    {"id", "submission", "builder_version", "application", "employer", "submitted_at", "not_computed"}
)
"""Columns that say whose facts these are, who built them and what failed; every other column is a fact."""


class FactKind(Enum):
    """What a rule may do with a fact: calculate, compare with yes or no, or only show it."""

    NUMBER = "number"
    TRUTH = "truth"
    TEXT = "text"

    @property
    def label(self) -> str:
        """For the messages of an invalid expression."""
        return {"number": "a number", "truth": "yes or no", "text": "text"}[self.value]


DECLARED = MappingProxyType(
    {
        "monthly_gross": "terms.gross_wage",
        "deductions_total": "terms.deductions",
        "days_per_week": "terms.days_per_week",
        "penalty_clause": "terms.penalty_clause",
        "contract_explained": "terms.contract_explained",
        "persons_per_room": "housing.persons_per_room",
        "address_capacity": "housing.capacity",
        "contact_is_own": "worker.contact_is_own",
        "worker_fee": "recruitment.worker_fee",
        "worker_advance": "recruitment.advance",
    }
)
"""Facts that say what a field of the form says: fact -> part and field of the record. The others are calculated."""


def _whole(name: Any, about: str) -> Any:
    return models.IntegerField(name, null=True, help_text=about)


def _money(name: Any, about: str) -> Any:
    """Wide enough for any sum of what columns of the form can hold."""
    return models.BigIntegerField(name, null=True, help_text=about)


def _hours(name: Any, about: str) -> Any:
    return models.DecimalField(name, null=True, max_digits=4, decimal_places=1, help_text=about)


def _yes_no(name: Any, about: str) -> Any:
    return models.BooleanField(name, null=True, help_text=f"yes or no; {about}")


class Facts(models.Model):
    """What one submission says, and what earlier ones add, at the moment it was filed. Never edited.

    A newer builder appends a row of its version (alerts/facts/rebuild.py); a screening keeps the row it looked
    at. Columns are added, never renamed or dropped: published rulesets name them.

    `help_text` of a fact is "unit; source". A protected attribute (nationality, sex, religion, family status)
    or a close stand-in for one (languages, names) is not a column here, so no rule can use it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    submission = models.ForeignKey(
        "permits.Submission",
        on_delete=models.DO_NOTHING,
        related_name="+",
        db_constraint=False,
        db_index=False,  # the unique constraint begins with it
    )
    builder_version = models.PositiveSmallIntegerField(help_text="alerts.facts.builder.VERSION that built it")
    application = models.UUIDField(db_index=True)
    employer = models.UUIDField()
    submitted_at = models.DateTimeField()
    not_computed = ArrayField(
        models.CharField(max_length=40),
        default=list,
        db_default=[],
        help_text="names of the facts that could not be computed; they are not known, and not merely not stated",
    )

    # --- wage and deductions -----------------------------------------------------------------------
    monthly_gross = _money(_("gross wage a month"), "drams a month; contract")
    minimum_gross = _money(
        _("lowest lawful gross wage for these hours"),
        "drams a month; law.minimum_wage on the first day of the contract, in proportion to the weekly hours",
    )
    deductions_total = _money(
        _("deductions from the monthly wage"), "drams a month; contract, all kinds together"
    )
    net_monthly = _money(
        _("wage left after deductions"), "drams a month; gross wage less deductions, before tax"
    )
    deduction_share_limit = models.DecimalField(
        _("largest lawful share of deductions"),
        null=True,
        max_digits=4,
        decimal_places=3,
        help_text="share of the wage; law.deduction_share_maximum on the first day of the contract",
    )
    # --- hours -------------------------------------------------------------------------------------
    weekly_hours = _hours(_("hours a week"), "hours a week; contract")
    weekly_hours_limit = _hours(
        _("longest lawful working week"),
        "hours a week; law.weekly_hours_maximum, for minors law.weekly_hours_under_18 or _under_16",
    )
    days_per_week = _whole(_("working days a week"), "days a week; contract")
    # --- the contract ------------------------------------------------------------------------------
    contract_terms_missing = _whole(
        _("terms that the written contract leaves out"),
        "count; what Labour Code art. 84 asks less what the contract states",
    )
    contract_terms_missing_names = models.CharField(  # noqa: DJ001  unknown is not the same as none
        _("which terms these are"), null=True, max_length=60, help_text="names, commas between; see the count"
    )
    penalty_clause = _yes_no(_("penalty for leaving early"), "contract")
    shared_languages = _whole(
        _("languages of the contract that the worker reads"),
        "count; contract and the worker's declared languages",
    )
    contract_explained = _yes_no(
        _("the worker confirmed understanding the contract"), "declared by the employer"
    )
    # --- what the worker pays ----------------------------------------------------------------------
    worker_fee = _money(_("fee paid by the worker for the job"), "drams; declared by the employer")
    worker_advance = _money(_("advance that the worker must pay back"), "drams; declared by the employer")
    worker_paid = _money(_("fee and advance together"), "drams; sum of the two, unknown when one of them is")
    # --- housing and contact -----------------------------------------------------------------------
    persons_per_room = _whole(_("persons in one room"), "people; declared by the employer")
    housing_at_workplace = _yes_no(
        _("housing on the grounds of the workplace"), "declared, or housing and workplace have one address"
    )
    contact_shared_with_filer = _yes_no(
        _("the worker's contact is the employer's or the recruiter's"),
        "telephone and e-mail after normalisation",
    )
    contact_is_own = _yes_no(_("the worker alone uses this contact"), "declared by the employer")
    # --- the person --------------------------------------------------------------------------------
    age_years = _whole(
        _("age on the first day of the contract"),
        "years; date of birth as filed, the youngest age where a part of it is not known: a child is presumed",
    )
    adult_age = _whole(_("age of majority"), "years; law.adult_age on the first day of the contract")
    birth_dates_differ = _yes_no(
        _("the form and the passport give two dates of birth"), "date filed against the machine-readable zone"
    )
    # --- the employer ------------------------------------------------------------------------------
    employer_age_months = _whole(_("age of the company"), "months; state registration to filing")
    employer_applications_12m = _whole(
        _("applications of this employer in twelve months"), "count; this one included, at most 200"
    )
    employer_controls = _whole(
        _("job, housing, transport and permit cost in the employer's hand"),
        "count of 4; declared, unknown while one of them is",
    )
    employer_controls_least = _whole(
        _("of these four, known to be in the employer's hand"),
        "count of 4; declared, what is known for certain",
    )
    # --- what several applications share -----------------------------------------------------------
    address_workers = _whole(
        _("workers housed at this address"), "people; distinct passports within 12 months, at most 200"
    )
    address_employers = _whole(_("employers who house workers at this address"), "count; within 12 months")
    address_capacity = _whole(_("beds at this address"), "people; declared by the employer")
    phone_workers = _whole(
        _("workers with this telephone number"), "people; distinct passports within 12 months, at most 200"
    )
    account_workers = _whole(
        _("workers paid to this bank account"), "people; distinct passports within 12 months, at most 200"
    )

    class Meta:
        verbose_name = verbose_name_plural = _("facts")
        constraints = [
            models.UniqueConstraint(fields=["submission", "builder_version"], name="facts_once_a_version")
        ]
        indexes = [
            models.Index(
                fields=["submitted_at", "id"], condition=~models.Q(not_computed=[]), name="facts_not_computed"
            )
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]


def names() -> list[str]:
    """The names of all facts, in the order of the model."""
    return [field.name for field in Facts._meta.concrete_fields if field.name not in KEYS]


@cache
def kinds() -> MappingProxyType[str, FactKind]:
    """Fact -> what a rule may do with it."""
    of_type = {"BooleanField": FactKind.TRUTH, "CharField": FactKind.TEXT}
    return MappingProxyType(
        {
            name: of_type.get(Facts._meta.get_field(name).get_internal_type(), FactKind.NUMBER)
            for name in names()
        }
    )
