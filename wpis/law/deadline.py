"""Computes legal deadlines: terms in months, calendar days or working days."""

import calendar as months
from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

from wpis.law.book import in_force
from wpis.law.calendar import add_working_days, is_working_day, working_days_between


class TermUnit(StrEnum):
    """How a term is counted; the day of the event itself never counts."""

    MONTHS = "months"
    CALENDAR_DAYS = "calendar_days"
    WORKING_DAYS = "working_days"


def decision_due(submitted: date, pauses: Iterable[tuple[date, date]] = ()) -> date:
    """The last day for the decision on an application submitted on that day, by the regime of that day.

    `pauses` are (asked, answered) pairs that do not overlap: the clock stands still while the applicant
    answers. A pause moves the end by its working days where the term counts those, else by its calendar days.
    Raises NotInForce before the first regime, ValueError when a pause ends before it starts.
    """
    law = in_force(submitted)
    unit = TermUnit(law.decision_days_unit)
    due = add_term(submitted, law.decision_days, unit)
    pause_unit = TermUnit.WORKING_DAYS if unit is TermUnit.WORKING_DAYS else TermUnit.CALENDAR_DAYS
    due = add_term(due, sum(_length(start, end, pause_unit) for start, end in pauses), pause_unit)
    return _settled(due, submitted)


def answer_due(asked: date, *, submitted: date) -> date:
    """The last day to answer a request made on `asked`, by the regime of the day of submission."""
    law = in_force(submitted)
    return _settled(add_term(asked, law.answer_days, TermUnit(law.answer_days_unit)), submitted)


def appeal_due(notified: date) -> date:
    """The last day for an administrative appeal against a decision that reached the person on `notified`."""
    return _settled(add_term(notified, in_force(notified).appeal_months, TermUnit.MONTHS), notified)


def reapplication_allowed_from(refused: date) -> date:
    """The first day of a new application after a refusal (one year; Law on Foreigners, art. 20)."""
    return add_term(refused, in_force(refused).reapplication_bar_months, TermUnit.MONTHS)


def add_term(start: date, length: int, unit: TermUnit) -> date:
    """The last day of a term that an event on `start` sets running; a negative length is a ValueError."""
    if length < 0:
        raise ValueError(f"a term cannot last {length} {unit}")
    match unit:
        case TermUnit.WORKING_DAYS:
            return add_working_days(start, length)
        case TermUnit.CALENDAR_DAYS:
            return start + timedelta(days=length)
        case TermUnit.MONTHS:
            return _months_later(start, length)


def _months_later(start: date, length: int) -> date:
    # 31 August + 6 months is the last day of February.
    year, month = divmod(start.year * 12 + start.month - 1 + length, 12)
    return date(year, month + 1, min(start.day, months.monthrange(year, month + 1)[1]))


def _length(start: date, end: date, unit: TermUnit) -> int:
    if end < start:
        raise ValueError(f"the pause ends on {end}, before it starts on {start}")
    return working_days_between(start, end) if unit is TermUnit.WORKING_DAYS else (end - start).days


def _settled(due: date, day_of_law: date) -> date:
    if in_force(day_of_law).term_end_moves_to_working_day and not is_working_day(due):
        return add_working_days(due, 1)
    return due
