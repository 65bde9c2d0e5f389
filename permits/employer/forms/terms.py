"""The page about the job: occupation, place, hours, pay, deductions, contract."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from permits.employer.forms.occupation import OccupationField
from permits.employer.forms.part import PartForm
from permits.models.terms import DEDUCTIONS, ContractTerm
from wpis import law
from wpis.classifications.languages import LANGUAGES
from wpis.classifications.provinces import Province
from wpis.formatting.numbers import drams
from wpis.ui.fields import DateField, MoneyField, SeveralField, YesNoField
from wpis.ui.widgets import Select

account = RegexValidator(
    r"^[A-Z0-9]{8,34}$", _("Enter the account as letters and digits, like AM12345678901234")
)


NOTHING_AND_SOMETHING = _("You said that nothing is deducted. Take this amount away, or take away the tick")


class HoursField(forms.DecimalField):
    """Hours with at most one place after the comma or point."""

    def to_python(self, value: Any) -> Any:
        """Read "37,5" and "37.5" alike."""
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)

    def prepare_value(self, value: Any) -> Any:
        """Show 40, not 40.0; show what was typed as it was typed."""
        return f"{float(value):g}" if isinstance(value, Decimal) else value


class AccountField(forms.CharField):
    """An account number or IBAN in one spelling."""

    def to_python(self, value: Any) -> str:
        """Without spaces and hyphens, in upper case."""
        return "".join((super().to_python(value) or "").replace("-", "").split()).upper()


class TermsForm(PartForm):
    """What the contract promises."""

    part = "terms"

    occupation = OccupationField(
        label=_("Occupation"),
        help_text=_("Begin to type and choose from the list, for example “cook” or 5120"),
        max_length=200,
    )
    job_title = forms.CharField(label=_("Job title in the contract"), max_length=150)
    province = forms.ChoiceField(
        label=_("Province of the workplace"), choices=[("", ""), *Province.choices], widget=Select
    )
    workplace = forms.CharField(label=_("Address of the workplace"), max_length=250)
    weekly_hours = HoursField(
        label=_("Hours a week"), min_value=1, max_value=168, max_digits=4, decimal_places=1
    )
    days_per_week = forms.IntegerField(label=_("Working days a week"), min_value=1, max_value=7)
    gross_wage = MoneyField(
        label=_("Gross wage a month"), help_text=_("Before tax and before any deduction, in drams")
    )
    nothing_deducted = forms.BooleanField(label=_("Nothing is deducted from the wage"))
    deduction_housing = MoneyField(label=_("Deducted for housing"))
    deduction_food = MoneyField(label=_("Deducted for food"))
    deduction_transport = MoneyField(label=_("Deducted for transport"))
    deduction_fees = MoneyField(label=_("Deducted for fees or advances"))
    deduction_other = MoneyField(label=_("Other deductions"))
    wage_account = AccountField(
        label=_("Bank account to which the wage is paid"),
        help_text=_("Account number or IBAN, if the worker already has one"),
        max_length=40,
        validators=[account],
    )
    starts_on = DateField(label=_("The contract starts on"))
    ends_on = DateField(label=_("The contract ends on"))
    contract_states = SeveralField(
        label=_("What the written contract states"),
        help_text=_("Tick everything that stands in it"),
        choices=ContractTerm.choices,
    )
    contract_languages = SeveralField(label=_("Languages of the contract"), choices=LANGUAGES)
    contract_explained = YesNoField(label=_("Has the worker confirmed to understand the contract?"))
    penalty_clause = YesNoField(label=_("Must the worker pay something when leaving early?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("weekly_hours", "days_per_week"):
            field = self.fields[name]
            field.widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
            field.width = 4  # type: ignore[attr-defined]  # read by the renderer

    @classmethod
    def of(cls, record: Any) -> PartForm:
        """The form with what is stored; the tick alone says that nothing is deducted, not five zeros below it."""
        form = super().of(record)
        if record.nothing_deducted:
            form.initial = {**form.initial, **dict.fromkeys(DEDUCTIONS)}
        return form

    def clean(self) -> dict[str, Any]:
        """The contract ends after it starts; "nothing is deducted" stands beside no amount."""
        typed = super().clean() or self.cleaned_data
        amounts = [name for name in DEDUCTIONS if typed.get(name) or name in self.errors]
        if typed.get("nothing_deducted") and amounts:
            del typed["nothing_deducted"]  # contradicted, also by what cannot be read: neither answer is kept
            for name in amounts:
                if name not in self.errors:
                    self.add_error(name, NOTHING_AND_SOMETHING)
        starts, ends = typed.get("starts_on"), typed.get("ends_on")
        if starts and ends and ends <= starts:
            self.add_error("ends_on", gettext("The contract must end after it starts"))
        return typed

    def values(self) -> dict[str, Any]:
        """The answers as columns: "nothing is deducted" is five zeros, so that it never reads as unanswered."""
        answers = super().values()
        nothing = answers.pop("nothing_deducted", None)
        return answers | dict.fromkeys(DEDUCTIONS, 0) if nothing else answers


def below_minimum(wage: int | None, on: date) -> str:
    """What to tell an employer whose wage is under the legal minimum of that day; empty when it is not.

    It never blocks: part-time work may be paid less. Law on the Minimum Monthly Salary.
    """
    minimum = law.in_force(on).minimum_wage
    if wage is None or wage >= minimum:
        return ""
    return gettext(
        "The gross wage of %(wage)s is under the legal minimum of %(minimum)s a month for full-time work. "
        "Check the amount. You can continue."
    ) % {"wage": drams(wage), "minimum": drams(minimum)}
