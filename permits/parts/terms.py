"""The part about the terms of the contract: occupation, place, hours, pay, deductions, the contract itself."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from permits.models.terms import DEDUCTIONS, ContractTerm, EmploymentTerms
from permits.parts.declaration import Field, Part, Rule, declared, derived
from permits.parts.kinds import (
    Account,
    Choice,
    Day,
    Hours,
    Money,
    Number,
    Occupation,
    Several,
    Text,
    Tick,
    Words,
    YesNo,
    at_most_together,
)
from wpis.classifications.languages import LANGUAGES
from wpis.classifications.provinces import Province

NOTHING_AND_SOMETHING = _("You ticked that nothing is deducted. Delete this amount, or untick the box")


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsRecord:
    """The job as filed; wage and deductions in drams a month, hours a week."""

    occupation: str = declared(
        Occupation(),
        label=_("Occupation"),
        help=_("Start typing and choose from the list, for example “cook” or 5120"),
        needed=_("Choose the occupation"),
    )
    job_title: str = declared(
        Text(max_length=150), label=_("Job title in the contract"), needed=_("Enter the job title")
    )
    province: str = declared(
        Choice(choices=tuple(Province.choices), control="list"),
        label=_("Province of the workplace"),
        needed=_("Choose the province of the workplace"),
    )
    workplace: str = declared(
        Text(max_length=250, printed=True),
        label=_("Address of the workplace"),
        needed=_("Enter the address of the workplace"),
    )
    weekly_hours: float | None = declared(
        Hours(min_value=1, max_value=168), label=_("Hours a week"), needed=_("Enter the hours a week")
    )
    days_per_week: int | None = declared(
        Number(min_value=1, max_value=7, keys="decimal"),
        label=_("Working days a week"),
        needed=_("Enter the working days a week"),
    )
    gross_wage: int | None = declared(
        Money(),
        label=_("Gross monthly wage"),
        help=_("Before tax and before any deduction, in drams"),
        needed=_("Enter the gross monthly wage"),
    )
    deductions: int | None = derived()
    deduction_kinds: dict[str, int] = derived()
    wage_account: str | None = declared(
        Account(),
        label=_("Bank account to which the wage is paid"),
        help=_("Account number or IBAN, if the worker already has one"),
        masked=_("Bank account for the wage"),
    )
    starts_on: date = declared(
        Day(),
        label=_("The contract starts on"),
        needed=_("Enter the day on which the contract starts"),
    )
    ends_on: date = declared(
        Day(), label=_("The contract ends on"), needed=_("Enter the day on which the contract ends")
    )
    contract_states: tuple[str, ...] | None = declared(
        Several(choices=tuple(ContractTerm.choices)),
        label=_("What the written contract states"),
        help=_("Tick everything that is written in it"),
    )
    contract_languages: tuple[str, ...] | None = declared(
        Several(choices=tuple(LANGUAGES), first=("hy", "ru", "en")), label=_("Languages of the contract")
    )
    contract_explained: bool | None = declared(
        YesNo(), label=_("Has the worker confirmed that they understand the contract?")
    )
    penalty_clause: bool | None = declared(
        YesNo(), label=_("Does the worker have to pay anything for leaving early?")
    )


def _of_kind(kind: str) -> Callable[[Any], int | None]:
    return lambda terms: terms.deduction_kinds.get(kind)


def _deduction(kind: str, label: Words) -> Field:
    return Field(
        name=f"deduction_{kind}",
        before="wage_account",
        kind=Money(),
        label=label,
        filed=_of_kind(kind),
    )


TERMS = Part(
    name="terms",
    title=_("Job and pay"),
    heading=_("Job and pay"),
    about="The job as the contract promises it.",
    model=EmploymentTerms,
    record=TermsRecord,
    asked_only=(
        Field(
            name="nothing_deducted",
            before="wage_account",
            kind=Tick(),
            label=_("Nothing is deducted from the wage"),
            program_help=(
                "true sets every deduction to 0, false and null set none; a deduction of null is not answered"
            ),
            staff=False,
        ),
        _deduction("housing", _("Deducted for housing")),
        _deduction("food", _("Deducted for food")),
        _deduction("transport", _("Deducted for transport")),
        _deduction("fees", _("Deducted for fees or advances")),
        _deduction("other", _("Other deductions")),
    ),
    rules=(
        Rule(
            field="ends_on",
            needs=("starts_on", "ends_on"),
            holds=lambda starts, ends: starts < ends,
            text=_("The contract must end after it starts"),
        ),
        Rule(
            field="ends_on",
            needs=("ends_on",),
            dated=True,
            holds=lambda ends, on: ends >= on,
            text=_("The contract has ended already. Enter the last day of a contract that still runs"),
        ),
        Rule(
            field="deduction_other",
            needs=DEDUCTIONS,
            of_any=True,
            holds=at_most_together,
            text=_("All deductions together can be at most 1 000 000 000 drams"),
        ),
    ),
)
