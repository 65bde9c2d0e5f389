"""The parts of an application as JSON; every field may be absent, an absent one is left as it is."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import serializers

from permits.api.fields import Country, Day, LikeThePage, Occupation, PassportLines
from permits.employer.forms import WorkerForm
from permits.employer.forms.part import stored
from permits.employer.forms.terms import NOTHING_AND_SOMETHING, TermsForm
from permits.models.parties import Sex
from permits.models.terms import DEDUCTIONS, ContractTerm, HousingProvider, Payer
from wpis.classifications.languages import LANGUAGES
from wpis.classifications.provinces import Province
from wpis.ui.fields import PassportNumberField, PhoneField


class NothingElse(serializers.Serializer[Any]):
    """Base: a name that is no field is a mistake, not something to pass over."""

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        """What was sent. Raises ValidationError with everything that is wrong, known fields and unknown ones."""
        unknown = sorted(set(data) - set(self.fields)) if isinstance(data, Mapping) else []
        wrong: dict[str, Any] = {name: [_("There is no such field.")] for name in unknown}
        value: dict[str, Any] = {}
        try:
            value = super().to_internal_value(data)
        except serializers.ValidationError as error:
            wrong |= error.detail  # type: ignore[arg-type]  # a serializer's is a dictionary
        if wrong:
            raise serializers.ValidationError(wrong)
        return value


class Part(NothingElse):
    """One part. `null` and "" empty a field; money is whole drams, days are ISO dates."""

    part: str

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required, field.allow_null = False, True
            if isinstance(field, serializers.CharField | serializers.ChoiceField):
                field.allow_blank = True

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """ "Nothing" as the column stores it."""
        return {name: stored(self.part, name, value) for name, value in attrs.items()}


class WorkerPart(Part):
    """Who the permit is for."""

    part = "worker"

    given_names = LikeThePage(WorkerForm.base_fields["given_names"])
    surname = LikeThePage(WorkerForm.base_fields["surname"])
    given_names_hy = LikeThePage(WorkerForm.base_fields["given_names_hy"])
    surname_hy = LikeThePage(WorkerForm.base_fields["surname_hy"])
    birth_date = Day()
    sex = serializers.ChoiceField(Sex.choices)
    nationality = Country()
    passport_number = LikeThePage(PassportNumberField())
    passport_issuer = Country()
    passport_expires_on = Day()
    mrz = PassportLines(max_length=200)
    phone = LikeThePage(PhoneField(), help_text="the worker's own, E.164")
    email = serializers.EmailField(max_length=254, help_text="the worker's own")
    contact_is_own = serializers.BooleanField()
    languages = serializers.ListField(child=serializers.ChoiceField(LANGUAGES), max_length=len(LANGUAGES))

    def validate_birth_date(self, value: date | None) -> date | None:
        """Somebody who applies has been born."""
        if value and value >= timezone.localdate():
            raise serializers.ValidationError(_("The date of birth must be in the past"))
        return value


class TermsPart(Part):
    """The job as the contract promises it."""

    part = "terms"

    occupation = Occupation()
    job_title = serializers.CharField(max_length=150)
    province = serializers.ChoiceField(Province.choices)
    workplace = serializers.CharField(max_length=250)
    weekly_hours = serializers.DecimalField(
        max_digits=4, decimal_places=1, min_value=1, max_value=168, coerce_to_string=False
    )
    days_per_week = serializers.IntegerField(min_value=1, max_value=7)
    gross_wage = serializers.IntegerField(min_value=0, max_value=1_000_000_000)
    nothing_deducted = serializers.BooleanField(
        help_text="true sets every deduction to 0, false and null set none; a deduction of null is not answered"
    )
    deduction_housing = serializers.IntegerField(min_value=0, max_value=1_000_000_000)
    deduction_food = serializers.IntegerField(min_value=0, max_value=1_000_000_000)
    deduction_transport = serializers.IntegerField(min_value=0, max_value=1_000_000_000)
    deduction_fees = serializers.IntegerField(min_value=0, max_value=1_000_000_000)
    deduction_other = serializers.IntegerField(min_value=0, max_value=1_000_000_000)
    wage_account = LikeThePage(TermsForm.base_fields["wage_account"])
    starts_on = Day()
    ends_on = Day()
    contract_states = serializers.ListField(child=serializers.ChoiceField(ContractTerm.choices), max_length=4)
    contract_languages = serializers.ListField(
        child=serializers.ChoiceField(LANGUAGES), max_length=len(LANGUAGES)
    )
    contract_explained = serializers.BooleanField()
    penalty_clause = serializers.BooleanField()

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """The contract ends after it starts, also when only one of the days is sent; "nothing" beside no amount."""
        stored_before = getattr(self.context.get("application"), "terms", None)
        starts, ends = (
            attrs[name] if name in attrs else getattr(stored_before, name, None)
            for name in ("starts_on", "ends_on")
        )
        if starts and ends and ends <= starts:
            raise serializers.ValidationError({"ends_on": [_("The contract must end after it starts")]})
        if attrs.pop("nothing_deducted", None):
            if amounts := [name for name in DEDUCTIONS if attrs.get(name)]:
                raise serializers.ValidationError({name: [NOTHING_AND_SOMETHING] for name in amounts})
            attrs |= dict.fromkeys(DEDUCTIONS, 0)
        return super().validate(attrs)


class HousingPart(Part):
    """Where the worker will live."""

    part = "housing"

    provider = serializers.ChoiceField(HousingProvider.choices)
    province = serializers.ChoiceField(Province.choices)
    address = serializers.CharField(max_length=250)
    persons_per_room = serializers.IntegerField(min_value=1, max_value=500)
    capacity = serializers.IntegerField(min_value=1, max_value=5000)
    at_workplace = serializers.BooleanField()


class RecruitmentPart(Part):
    """How the worker was found, and who pays for it."""

    part = "recruitment"

    used_recruiter = serializers.BooleanField()
    recruiter_name = serializers.CharField(max_length=200)
    recruiter_country = Country()
    recruiter_phone = LikeThePage(PhoneField())
    recruiter_email = serializers.EmailField(max_length=254)
    worker_fee = serializers.IntegerField(min_value=0, max_value=1_000_000_000)
    advance = serializers.IntegerField(min_value=0, max_value=1_000_000_000)
    transport_by_employer = serializers.BooleanField()
    permit_cost_payer = serializers.ChoiceField(Payer.choices)
