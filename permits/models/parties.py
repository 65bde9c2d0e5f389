"""The two parties of a permit: the employer who files, and the foreign worker it is for."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from permits import role_rules
from permits.states import COMPANY_STATES, UNSETTLED, CompanyState
from wpis.classifications.languages import LANGUAGES
from wpis.classifications.provinces import Province
from wpis.crypto.blind_index import BlindIndexField
from wpis.crypto.fields import EncryptedTextField
from wpis.dates.columns import ISO, PartialDateField
from wpis.search.field import SearchTextField


class Employer(models.Model):
    """A company or sole trader as one account has claimed it. Who may file for it is a grant per account (guardian).

    Several accounts may claim one tax number, and none is told so; an officer verifies one of them at most.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tax_number = models.CharField(
        _("tax number (HVHH)"),
        max_length=8,
        db_index=True,
        validators=[RegexValidator(r"^\d{8}$", _("Enter the tax number as 8 digits"))],
        help_text=_("8 digits, as on the registration certificate"),
    )
    name_hy = models.CharField(_("name in Armenian"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200)
    province = models.CharField(_("province"), max_length=5, choices=Province.choices)
    address = models.CharField(_("registered address"), max_length=250)
    nace = models.CharField(
        _("main activity (NACE code)"),
        max_length=5,
        validators=[RegexValidator(r"^\d{2}(\.\d{1,2})?$", _("Enter a NACE code such as 41.20"))],
        help_text=_("For example 41.20 for construction of buildings"),
    )
    registered_on = models.DateField(_("date of state registration"))
    phone = models.CharField(_("company telephone"), max_length=40)
    email = models.EmailField(_("company e-mail"))
    state = models.CharField(
        max_length=10,
        choices=CompanyState.choices,
        default=CompanyState.CLAIMED,
        db_default=CompanyState.CLAIMED,
    )
    authority = models.TextField(
        _("why you may act for the company"),
        max_length=500,
        blank=True,
        default="",
        db_default="",
        help_text="as the account says",
    )
    language = models.CharField(
        max_length=2, default="hy", db_default="hy", help_text="language of letters about the company"
    )
    created_by = models.ForeignKey(
        "accounts.User",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="who claims the company; empty for those registered under an earlier release",
    )
    created_at = models.DateTimeField()
    search_text = SearchTextField(sources=("name_hy", "name_en"))

    class Meta:
        permissions = [
            ("file_for_employer", "May file for this employer"),
            ("lead_employer", "May change this employer and name delegates"),
        ]
        constraints = [
            models.UniqueConstraint(
                name="one_verified_employer",
                fields=["tax_number"],
                condition=models.Q(state=CompanyState.VERIFIED),
            )
        ]
        indexes = [
            models.Index(
                fields=["created_at", "id"],
                name="employer_unsettled",
                condition=models.Q(state__in=list(UNSETTLED)),
            ),
            GinIndex(OpClass("search_text", name="gin_trgm_ops"), name="employer_search_text"),
        ]
        triggers = [*COMPANY_STATES.triggers(), *role_rules.companies()]

    def __str__(self) -> str:
        return self.name_en

    @property
    def is_verified(self) -> bool:
        """Whether an officer has verified that the account may act for the company."""
        return self.state == CompanyState.VERIFIED

    def name(self, language: str) -> str:
        """The name in the language of a letter or page: Armenian for `hy`, English otherwise."""
        return self.name_hy if language == "hy" else self.name_en


class Sex(models.TextChoices):
    """Sex as printed in the passport (ICAO 9303); kept for service, never an input to any rule."""

    FEMALE = "F", _("Female")
    MALE = "M", _("Male")
    UNSPECIFIED = "X", _("Unspecified")


class Worker(models.Model):
    """The foreigner whom one application is about, as the employer filed it."""

    application = models.OneToOneField("permits.Application", on_delete=models.PROTECT, primary_key=True)
    given_names = models.CharField(_("given names"), max_length=100, blank=True)
    surname = models.CharField(_("surname"), max_length=100, blank=True)
    given_names_hy = models.CharField(_("given names in Armenian letters"), max_length=100, blank=True)
    surname_hy = models.CharField(_("surname in Armenian letters"), max_length=100, blank=True)
    one_name = models.BooleanField(_("has only one name"), null=True)
    birth_date = PartialDateField(_("date of birth"), null=True)
    sex = models.CharField(_("sex in the passport"), max_length=1, choices=Sex.choices, blank=True)
    nationality = models.CharField(_("citizenship"), max_length=3, blank=True)
    passport_number = EncryptedTextField(_("passport number"), max_length=20, null=True)
    passport_index = BlindIndexField(source="passport_number", label="passport")
    passport_issuer = models.CharField(_("issuing country"), max_length=3, blank=True)
    passport_expires_on = models.DateField(_("passport valid until"), null=True)
    mrz = EncryptedTextField(_("machine-readable zone"), max_length=200, null=True)
    phone = EncryptedTextField(_("the worker's own telephone"), max_length=40, null=True)
    email = EncryptedTextField(_("the worker's own e-mail"), max_length=254, null=True)
    contact_is_own = models.BooleanField(_("the worker alone uses this contact"), null=True)
    languages = ArrayField(
        models.CharField(max_length=3, choices=LANGUAGES),
        verbose_name=_("languages the worker reads"),
        default=list,
    )
    search_text = SearchTextField(sources=("surname", "given_names", "surname_hy", "given_names_hy"))

    class Meta:
        # Officers search for parts of names, in any script and spelling.
        indexes = [GinIndex(OpClass("search_text", name="gin_trgm_ops"), name="worker_search_text")]
        constraints = [
            models.CheckConstraint(condition=models.Q(birth_date__regex=ISO), name="birth_date_is_iso")
        ]
        triggers = role_rules.form_part("worker")

    @property
    def full_name(self) -> str:
        """Given names and surname in Latin letters; empty while nothing was entered."""
        return f"{self.given_names} {self.surname}".strip()

    @property
    def full_name_hy(self) -> str:
        """Given names and surname in Armenian letters."""
        return f"{self.given_names_hy} {self.surname_hy}".strip()
