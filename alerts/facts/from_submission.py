"""The facts that one submission states by itself, beside the law of the day its contract starts.

Each fact is calculated apart from the others: one that cannot be is not known, by its name, and the rest count.
"""

from collections.abc import Callable
from datetime import date
from decimal import ROUND_FLOOR, Decimal
from functools import cached_property
from operator import attrgetter
from typing import Any

import structlog
from celery.exceptions import SoftTimeLimitExceeded
from django.utils.timezone import get_default_timezone, localdate

from alerts.facts import normalization
from alerts.facts.fitting import fitting
from alerts.models.facts import DECLARED
from permits.feed import SubmissionRecord
from wpis.dates.partial import PartialDate
from wpis.law import Law, NotInForce, in_force

TERMS = ("wage", "hours", "place", "signatures")
"""What a written contract must state (Labour Code art. 84), by the names that the form uses."""

log = structlog.get_logger(__name__)


def facts(record: SubmissionRecord) -> dict[str, Any]:
    """Values for the columns of Facts; None where submission or law book say nothing, or nothing could be made of it.

    `not_computed` names the facts for which it was the latter: a defect of ours, or a value that no column holds.
    """
    filed = _Filed(record)
    found: dict[str, Any] = {}
    failed = []
    for fact, compute in _COMPUTED.items():
        try:
            found[fact] = fitting(fact, compute(filed))
        except SoftTimeLimitExceeded:
            raise  # the worker must stop; nothing is wrong with the submission
        except Exception as error:
            log.error(
                "fact_not_computed",
                fact=fact,
                submission=str(record.submission),
                error=type(error).__name__,
            )
            found[fact] = None
            failed.append(fact)
    return {**found, "not_computed": failed}


class _Filed:
    """A submission with what several facts are made of, each found at most once."""

    def __init__(self, record: SubmissionRecord) -> None:
        self.record, self.terms, self.employer = record, record.terms, record.employer
        self.worker, self.housing, self.recruitment = record.worker, record.housing, record.recruitment

    @cached_property
    def law(self) -> Law:
        return in_force(self.terms.starts_on)

    @cached_property
    def ages(self) -> tuple[int, int]:
        """The youngest and the oldest that the person can be, by what is known of the date of birth."""
        return self.worker.birth_date.ages(self.terms.starts_on)

    @cached_property
    def hours(self) -> Decimal | None:
        return None if self.terms.weekly_hours is None else Decimal(str(self.terms.weekly_hours))

    @cached_property
    def terms_missing(self) -> list[str] | None:
        states = self.terms.contract_states
        return None if states is None else [term for term in TERMS if term not in states]

    @cached_property
    def controls(self) -> list[bool | None]:
        """Whether job, housing, transport and permit cost are in the employer's hand; the job always is."""
        housing, recruitment = self.housing, self.recruitment
        return [
            True,
            housing.provider == "employer" if housing.provider else None,
            recruitment.transport_by_employer,
            recruitment.permit_cost_payer == "employer" if recruitment.permit_cost_payer else None,
        ]


def _lawful(law: Law, parameter: str) -> Any:
    """A value of the law book; None on a day for which it has none: nobody can say what was lawful."""
    try:
        return getattr(law, parameter)
    except NotInForce:
        return None


def _week(law: Law, age: int, adults: str) -> str:
    """The parameter that holds the working week of a person of this age."""
    if age < 16:
        return "weekly_hours_under_16"
    adult_age = _lawful(law, "adult_age")
    return "weekly_hours_under_18" if adult_age is not None and age < adult_age else adults


def _lawful_week(filed: _Filed, adults: str) -> Any:
    """The hours that the law has for the person; None where it depends on an age that nobody knows."""
    youngest, oldest = filed.ages
    found = {_lawful(filed.law, _week(filed.law, age, adults)) for age in range(youngest, oldest + 1)}
    return found.pop() if len(found) == 1 else None


def _minimum(filed: _Filed) -> int | None:
    """The minimum wage in proportion to the hours of a shorter week, in whole drams rounded down."""
    full = _lawful(filed.law, "minimum_wage")
    normal = _lawful_week(filed, "weekly_hours_normal")
    if filed.hours is None or full is None or normal is None:
        return None
    return int((full * min(filed.hours / normal, Decimal(1))).to_integral_value(ROUND_FLOOR))


def _hours_limit(filed: _Filed) -> Any:
    return _lawful_week(filed, "weekly_hours_maximum")


def _less(gross: int | None, deductions: int | None) -> int | None:
    return None if gross is None or deductions is None else gross - deductions


def _missing_count(filed: _Filed) -> int | None:
    return None if filed.terms_missing is None else len(filed.terms_missing)


def _missing_names(filed: _Filed) -> str | None:
    return None if filed.terms_missing is None else ",".join(filed.terms_missing)


def _shared(reads: tuple[str, ...], contract: tuple[str, ...] | None) -> int | None:
    return len(set(reads) & set(contract)) if reads and contract else None


def _months(start: date, end: date) -> int:
    return (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)


def _differ(filed: PartialDate, printed: PartialDate | None) -> bool | None:
    """Whether form and passport contradict each other; not known where one of them only says less."""
    if printed is None:
        return None
    return filed.contradicts(printed) or (None if filed != printed else False)


def _at_workplace(filed: _Filed) -> bool | None:
    """Declared, or the same address for both; two different addresses can still be one plot of land."""
    home = normalization.address(filed.housing.address, filed.housing.province)
    work = normalization.address(filed.terms.workplace, filed.terms.province)
    return True if home and home == work else filed.housing.at_workplace


def _contact_shared(filed: _Filed) -> bool | None:
    """Whether telephone or e-mail of the worker is one of those who file; None without any contact."""
    worker, employer, recruiter = filed.worker, filed.employer, filed.recruitment
    phone, email = normalization.phone(worker.phone), normalization.email(worker.email)
    if not phone and not email:
        return None
    phones = {normalization.phone(employer.phone), normalization.phone(recruiter.recruiter_phone)} - {""}
    emails = {normalization.email(employer.email), normalization.email(recruiter.recruiter_email)} - {""}
    return phone in phones or email in emails


def _employer_age(filed: _Filed) -> int:
    return _months(filed.employer.registered_on, localdate(filed.record.submitted_at, get_default_timezone()))


def _sum(fee: int | None, advance: int | None) -> int | None:
    return None if fee is None or advance is None else fee + advance


def _controls_least(filed: _Filed) -> int:
    return sum(answer is True for answer in filed.controls)


def _declared(path: str) -> Callable[[_Filed], Any]:
    return attrgetter(f"record.{path}")


_COMPUTED: dict[str, Callable[[_Filed], Any]] = {
    **{fact: _declared(path) for fact, path in DECLARED.items()},
    "minimum_gross": _minimum,
    "net_monthly": lambda filed: _less(filed.terms.gross_wage, filed.terms.deductions),
    "deduction_share_limit": lambda filed: _lawful(filed.law, "deduction_share_maximum"),
    "weekly_hours": attrgetter("hours"),
    "weekly_hours_limit": _hours_limit,
    "contract_terms_missing": _missing_count,
    "contract_terms_missing_names": _missing_names,
    "shared_languages": lambda filed: _shared(filed.worker.languages, filed.terms.contract_languages),
    "housing_at_workplace": _at_workplace,
    "contact_shared_with_filer": _contact_shared,
    "age_years": lambda filed: filed.ages[0],
    "adult_age": lambda filed: _lawful(filed.law, "adult_age"),
    "birth_dates_differ": lambda filed: _differ(filed.worker.birth_date, filed.worker.mrz_birth_date),
    "employer_age_months": _employer_age,
    "worker_paid": lambda filed: _sum(filed.recruitment.worker_fee, filed.recruitment.advance),
    "employer_controls": lambda filed: None if None in filed.controls else _controls_least(filed),
    "employer_controls_least": _controls_least,
}
"""Fact -> how it is made of a submission; those that several applications share are counted by the builder."""
