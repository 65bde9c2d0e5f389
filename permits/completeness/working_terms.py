"""What the law book allows of wage and hours, for the terms of one contract; asked of drafts and of filed records."""

from datetime import date
from decimal import ROUND_CEILING, Decimal
from typing import Any

from wpis import law
from wpis.dates.partial import PartialDate

YOUNGER_MINOR = 16  # years; the Labour Code has two lengths of a minor's week


def lowest_wage(weekly_hours: Any, book: law.Law) -> int:
    """The lowest lawful gross wage a month for these hours: in proportion below a normal week."""
    share = Decimal(1)
    if weekly_hours:
        share = min(Decimal(str(weekly_hours)) / book.weekly_hours_normal, Decimal(1))
    return int((book.minimum_wage * share).to_integral_value(ROUND_CEILING))


def longest_week(born: Any, on: date, book: law.Law) -> tuple[int, str]:
    """The most hours a week that the law allows this worker on this day, and the parameter that says so.

    A minor's shorter week holds only where it is certain that the worker is one: what is not known stays unknown.
    """
    name = "weekly_hours_maximum"
    if born is not None:
        _, oldest = PartialDate.of(born).ages(on)
        if oldest < YOUNGER_MINOR:
            name = "weekly_hours_under_16"
        elif oldest < book.adult_age:
            name = "weekly_hours_under_18"
    hours: int = getattr(book, name)
    return hours, name


def hours_a_day(terms: Any) -> Decimal | None:
    """The hours of one working day, were they spread evenly; None where hours or days are not stated."""
    if not terms.weekly_hours or not terms.days_per_week:
        return None
    return Decimal(str(terms.weekly_hours)) / int(terms.days_per_week)
