"""The facts that one submission states by itself, beside the law of the day its contract starts."""

from datetime import date
from decimal import ROUND_FLOOR, Decimal
from operator import attrgetter
from typing import Any

from django.utils.timezone import get_default_timezone, localdate

from alerts.facts import normalization
from alerts.models.facts import DECLARED
from permits.feed import SubmissionRecord
from wpis.law import Law, NotInForce, in_force

TERMS = ("wage", "hours", "place", "signatures")
"""What a written contract must state (Labour Code art. 84), by the names that the form uses."""

_DECLARED = {fact: attrgetter(path) for fact, path in DECLARED.items()}


def facts(record: SubmissionRecord) -> dict[str, Any]:
    """Values for the columns of Facts; None where the submission or the law book says nothing."""
    terms, employer = record.terms, record.employer
    law = in_force(terms.starts_on)
    age = _years(record.worker.birth_date, terms.starts_on)
    hours = None if terms.weekly_hours is None else Decimal(str(terms.weekly_hours))
    return {
        **{fact: value(record) for fact, value in _DECLARED.items()},
        "minimum_gross": _minimum(law, hours, age),
        "net_monthly": _less(terms.gross_wage, terms.deductions),
        "deduction_share_limit": _lawful(law, "deduction_share_maximum"),
        "weekly_hours": hours,
        "weekly_hours_limit": _lawful(law, _week(law, age, "weekly_hours_maximum")),
        **_missing(terms.contract_states),
        "shared_languages": _shared(record.worker.languages, terms.contract_languages),
        "housing_at_workplace": _at_workplace(record),
        "contact_shared_with_filer": _contact_shared(record),
        "age_years": age,
        "adult_age": _lawful(law, "adult_age"),
        "birth_dates_differ": _differ(record.worker.birth_date, record.worker.mrz_birth_date),
        "employer_age_months": _months(
            employer.registered_on, localdate(record.submitted_at, get_default_timezone())
        ),
        "worker_paid": _sum(record.recruitment.worker_fee, record.recruitment.advance),
        **_controls(record),
    }


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


def _minimum(law: Law, hours: Decimal | None, age: int) -> int | None:
    """The minimum wage in proportion to the hours of a shorter week, in whole drams rounded down."""
    full, normal = _lawful(law, "minimum_wage"), _lawful(law, _week(law, age, "weekly_hours_normal"))
    if hours is None or full is None or normal is None:
        return None
    return int((full * min(hours / normal, Decimal(1))).to_integral_value(ROUND_FLOOR))


def _less(gross: int | None, deductions: int | None) -> int | None:
    return None if gross is None or deductions is None else gross - deductions


def _missing(states: tuple[str, ...] | None) -> dict[str, Any]:
    missing = None if states is None else [term for term in TERMS if term not in states]
    return {
        "contract_terms_missing": None if missing is None else len(missing),
        "contract_terms_missing_names": None if missing is None else ",".join(missing),
    }


def _shared(reads: tuple[str, ...], contract: tuple[str, ...] | None) -> int | None:
    return len(set(reads) & set(contract)) if reads and contract else None


def _years(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _months(start: date, end: date) -> int:
    return (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)


def _differ(filed: date, printed: date | None) -> bool | None:
    return None if printed is None else filed != printed


def _at_workplace(record: SubmissionRecord) -> bool | None:
    """Declared, or the same address for both; two different addresses can still be one plot of land."""
    home = normalization.address(record.housing.address, record.housing.province)
    work = normalization.address(record.terms.workplace, record.terms.province)
    return True if home and home == work else record.housing.at_workplace


def _contact_shared(record: SubmissionRecord) -> bool | None:
    """Whether telephone or e-mail of the worker is one of those who file; None without any contact."""
    worker, employer, recruiter = record.worker, record.employer, record.recruitment
    phone, email = normalization.phone(worker.phone), normalization.email(worker.email)
    if not phone and not email:
        return None
    phones = {normalization.phone(employer.phone), normalization.phone(recruiter.recruiter_phone)} - {""}
    emails = {normalization.email(employer.email), normalization.email(recruiter.recruiter_email)} - {""}
    return phone in phones or email in emails


def _sum(fee: int | None, advance: int | None) -> int | None:
    return None if fee is None or advance is None else fee + advance


def _controls(record: SubmissionRecord) -> dict[str, int | None]:
    """How many of job, housing, transport and permit cost the employer controls; the job always counts."""
    housing, recruitment = record.housing, record.recruitment
    answers = [
        True,
        housing.provider == "employer" if housing.provider else None,
        recruitment.transport_by_employer,
        recruitment.permit_cost_payer == "employer" if recruitment.permit_cost_payer else None,
    ]
    certain = sum(answer is True for answer in answers)
    return {"employer_controls": None if None in answers else certain, "employer_controls_least": certain}
