"""What an applicant is asked to look at again before filing: unlikely or unlawful, and filed all the same.

A notice quotes the law book or plain arithmetic and nothing else, and it refuses nothing: who is refused
for unlawful terms learns to write others. It depends on nothing but the answers and the law of the day, so the officer
sees the same ones. What is taken from workers in fees is asked without a notice: honest answers there protect people.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date
from decimal import ROUND_CEILING, Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from permits.case_types.declaration import CaseType
from permits.case_types.registry import case_type
from permits.completeness.permit_term import EndsWith, filed_term, permit_term
from permits.parts.catalogue import SUBMITTED
from wpis import law
from wpis.dates.partial import PartialDate
from wpis.formatting.days import day
from wpis.formatting.numbers import decimal, drams

OLDEST_WORKING = 80  # years; nobody is too old to work, but such a date of birth is mostly a slip


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to look at again: in which part, at which field, and why."""

    part: str
    field: str
    text: str


@dataclass(frozen=True, slots=True)
class Filing:
    """The answers of an application, whether it is a draft or was filed, and the law under which they are read."""

    worker: Any
    terms: Any
    housing: Any
    recruitment: Any
    employer: Any
    case: CaseType
    on: date
    book: law.Law


def _parts() -> list[str]:
    """The parts of the form among the fields of a filing."""
    return [field.name for field in fields(Filing) if field.name in SUBMITTED]


def of_draft(application: Any, on: date) -> list[Notice]:
    """The notices of what an application says now."""
    parts = {part: getattr(application, part) for part in _parts()}
    return found(Filing(**parts, case=case_type(application.kind), on=on, book=law.in_force(on)))


def of_filed(record: Any, kind: str, on: date) -> list[Notice]:
    """The notices that the applicant was shown when this was filed, on the day `on`."""
    parts = {part: getattr(record, part) for part in _parts()}
    return found(Filing(**parts, case=case_type(kind), on=on, book=law.in_force(on)))


def found(filing: Filing) -> list[Notice]:
    """All notices, in the order of the form."""
    return [Notice(part, field, text) for part, field, say in _RULES if (text := say(filing))]


def lowest_wage(weekly_hours: Any, book: law.Law) -> int:
    """The lowest lawful gross wage a month for these hours: in proportion below a normal week."""
    share = Decimal(1)
    if weekly_hours:
        share = min(Decimal(str(weekly_hours)) / book.weekly_hours_normal, Decimal(1))
    return int((book.minimum_wage * share).to_integral_value(ROUND_CEILING))


def _age(filing: Filing) -> str:
    born = filing.worker.birth_date
    if born is None:
        return ""
    youngest, oldest = PartialDate.of(born).ages(filing.terms.starts_on or filing.on)
    known = {"years": youngest, "adult": filing.book.adult_age}
    if youngest < filing.book.adult_age and youngest != oldest:
        return (
            _("The date of birth is not known in full: the worker may be under %(adult)d.")
            + " "
            + _("Under %(adult)d the law protects minors at work. Check the date of birth.")
        ) % known
    if youngest < filing.book.adult_age:
        return (
            ngettext(
                "The worker would be %(years)d year old.",
                "The worker would be %(years)d years old.",
                youngest,
            )
            + " "
            + _("Under %(adult)d the law protects minors at work. Check the date of birth.")
        ) % known
    if youngest > OLDEST_WORKING:
        return _("The worker would be %(years)d years old. Check the date of birth.") % known
    return ""


def _passport(filing: Filing) -> str:
    expires, terms = filing.worker.passport_expires_on, filing.terms
    if not (expires and terms.starts_on and terms.ends_on):
        return ""
    term = filed_term(filing.case, filing, on=filing.on)
    if term is None or term.ends_with != EndsWith.PASSPORT:
        return ""
    return _("The passport expires on %(last)s. A permit ends with it, before the contract does.") % {
        "last": day(expires)
    }


def _weekly_hours(filing: Filing) -> str:
    hours, most = filing.terms.weekly_hours, filing.book.weekly_hours_maximum
    if hours is None or hours <= most:
        return ""
    return ngettext(
        "The law allows at most %(most)d hour a week, overtime included. Check the number.",
        "The law allows at most %(most)d hours a week, overtime included. Check the number.",
        most,
    ) % {"most": most}


def _daily_hours(filing: Filing) -> str:
    hours, days, most = filing.terms.weekly_hours, filing.terms.days_per_week, filing.book.daily_hours_maximum
    if not hours or not days or Decimal(str(hours)) <= days * most:
        return ""
    each = decimal(round(Decimal(str(hours)) / days, 1))
    return _(
        "That is %(each)s hours a day. The law allows %(most)s at most, breaks included. Check both numbers."
    ) % {"each": each, "most": most}


def _wage(filing: Filing) -> str:
    wage, lowest = filing.terms.gross_wage, lowest_wage(filing.terms.weekly_hours, filing.book)
    if wage is None or wage >= lowest:
        return ""
    return _("The legal minimum for these hours is %(lowest)s a month. Check the amount.") % {
        "lowest": drams(lowest)
    }


def _deductions(filing: Filing) -> str:
    wage, deducted = filing.terms.gross_wage, filing.terms.deductions
    if wage is None or not deducted or deducted <= wage:
        return ""
    return _("All deductions together, %(deducted)s, are more than the wage. Check the amounts.") % {
        "deducted": drams(deducted)
    }


def _begins(filing: Filing) -> str:
    starts, registered = filing.terms.starts_on, filing.employer.registered_on
    if starts is None:
        return ""
    if registered and starts < registered:
        return _(
            "The contract would start before the company was registered, on %(day)s. Check the date."
        ) % {"day": day(registered)}
    if starts < filing.on:
        return _("This day has passed. Work may begin only when the permit is issued. Check the date.")
    return ""


def _lasts(filing: Filing) -> str:
    terms, parameter = filing.terms, filing.case.longest_term
    if not (terms.starts_on and terms.ends_on and parameter):
        return ""
    term = permit_term(
        filing.case, starts_on=terms.starts_on, ends_on=terms.ends_on, passport_expires_on=None, on=filing.on
    )
    assert term
    if term.ends_with != EndsWith.LONGEST_TERM or term.last >= terms.ends_on:
        return ""
    months: int = getattr(filing.book, parameter)
    return ngettext(
        "A permit is issued for at most %(months)d month, here until %(last)s. Check the last day.",
        "A permit is issued for at most %(months)d months, here until %(last)s. Check the last day.",
        months,
    ) % {"months": months, "last": day(term.last)}


def _room(filing: Filing) -> str:
    room, house = filing.housing.persons_per_room, filing.housing.capacity
    if room is None or house is None or room <= house:
        return ""
    return _("There would be more people in one room than there are beds in the house. Check both numbers.")


def _recruiter(filing: Filing) -> str:
    if not filing.recruitment.used_recruiter or filing.recruitment.recruiter_name:
        return ""
    return _("Enter the name of the recruiter")


_RULES: tuple[tuple[str, str, Callable[[Filing], str]], ...] = (
    ("worker", "birth_date", _age),
    ("worker", "passport_expires_on", _passport),
    ("terms", "weekly_hours", _weekly_hours),
    ("terms", "days_per_week", _daily_hours),
    ("terms", "gross_wage", _wage),
    ("terms", "deduction_other", _deductions),
    ("terms", "starts_on", _begins),
    ("terms", "ends_on", _lasts),
    ("housing", "persons_per_room", _room),
    ("recruitment", "recruiter_name", _recruiter),
)
