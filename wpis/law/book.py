"""The law on one day: every parameter as a typed attribute, with its citation."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from wpis.law.confidence import Confidence
from wpis.law.parameter import Parameter, read_parameters
from wpis.law.units import Value

FOLDER = Path(__file__).with_name("parameters")


@dataclass(frozen=True, slots=True)
class Citation:
    """What a value rests on: the provision or source, a remark, how sure we are, and since when it holds."""

    reference: str
    note: str
    confidence: Confidence
    since: date


class Law:
    """The law in force on `day`. Amounts are drams, units stand in the parameter's file.

    Reading an attribute raises NotInForce when the parameter has no value on that day.
    """

    # One line per file in parameters/; tests/law/test_law_book.py keeps the two lists and the types equal.
    # The regime
    regime: str
    quota: bool
    labour_market_test: bool
    labour_market_test_days: int
    work_visa_required: bool
    work_visa_fee: int
    work_visa_days_per_year: int
    # The permit
    permit_term_months_maximum: int
    renewal_notice_days: int
    employer_change_rule: str
    absence_days_maximum: int
    stay_days_per_year_without_status: int
    address_registration_days: int
    address_change_days: int
    # Terms of the procedure
    decision_days: int
    decision_days_unit: str
    answer_days: int
    answer_days_unit: str
    term_end_moves_to_working_day: bool
    security_opinion_days: int
    refusal_notice_days: int
    check_override_waiting_hours: int
    reapplication_bar_months: int
    appeal_months: int
    court_claim_months: int
    contract_signing_months: int
    employer_notice_days: int
    # Duties and fines
    state_duty_work_permit: int
    state_duty_permanent_residence: int
    state_duty_card_replacement: int
    state_duty_lawful_stay_certificate: int
    state_duty_refunded_on_refusal: bool
    fine_unlawful_stay_minimum: int
    fine_unlawful_stay_maximum: int
    fine_unlawful_employment_minimum: int
    fine_unlawful_employment_maximum: int
    # Wages
    minimum_wage: int
    overtime_pay_percent: Decimal
    night_pay_percent: Decimal
    rest_day_pay_percent: Decimal
    late_pay_percent_per_day: Decimal
    pay_day_of_next_month: int
    cash_pay_workers_maximum: int
    deduction_share_maximum: Decimal
    deduction_kinds_allowed: tuple[str, ...]
    deduction_order_months: int
    recruitment_fee_from_worker_allowed: bool
    passport_keeping_allowed: bool
    # Working time
    weekly_hours_normal: int
    weekly_hours_maximum: int
    weekly_hours_under_16: int
    weekly_hours_under_18: int
    daily_hours_normal: int
    daily_hours_maximum: int
    overtime_hours_per_year: int
    overtime_hours_in_two_days: int
    pre_holiday_hours_less: int
    night_starts: time
    night_ends: time
    annual_leave_days: int
    annual_leave_days_six_day_week: int
    probation_months_maximum: int
    probation_notice_days: int
    adult_age: int
    # The contract
    electronic_contract_mandatory: bool
    electronic_contract_entry_months: int

    def __init__(self, day: date, parameters: Mapping[str, Parameter]) -> None:
        if isinstance(day, datetime):
            raise TypeError("give the local day (Asia/Yerevan), not a moment")
        self.day = day
        self._parameters = parameters

    if not TYPE_CHECKING:  # hidden from mypy, so that a misspelt parameter is a type error

        def __getattr__(self, name: str) -> Value:
            if name.startswith("_"):
                raise AttributeError(name)
            return self._parameter(name).on(self.day).value

    def citation(self, name: str) -> Citation:
        """What the parameter's value of this day rests on; raises NotInForce, AttributeError."""
        entry = self._parameter(name).on(self.day)
        return Citation(entry.reference, entry.note, entry.confidence, entry.since)

    def _parameter(self, name: str) -> Parameter:
        try:
            return self._parameters[name]
        except KeyError:
            raise AttributeError(f"the law book has no parameter '{name}'") from None

    def __repr__(self) -> str:
        return f"<Law on {self.day.isoformat()}>"


@cache
def parameters() -> Mapping[str, Parameter]:
    """The whole law book, read and validated once; raises InvalidFile."""
    return read_parameters(FOLDER)


@lru_cache(maxsize=4096)
def in_force(day: date) -> Law:
    """The law as it stands on `day` (a local day of Armenia)."""
    return Law(day, parameters())
