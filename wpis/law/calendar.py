"""Armenia's working days: weekends, twelve holidays, and the days that the Government swaps."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Annotated

from pydantic import BeforeValidator, Field

from wpis.languages.translated import ArmenianEnglish, TranslatedText
from wpis.law.confidence import Confidence
from wpis.strict_yaml import Document, Entry, Many, Text, Word

FILE = Path(__file__).with_name("calendar_days.yaml")
SATURDAY = 5


class DayKind(StrEnum):
    """What a Government act makes of one day."""

    DAY_OFF = "day_off"
    WORKING = "working"


def _month_and_day(raw: object) -> date:
    try:
        # Read within a leap year, so that 29 February would be a day too.
        return date.fromisoformat(f"2000-{raw}")
    except ValueError:
        raise ValueError('must be a month and a day like "12-31"') from None


class _HolidayEntry(Entry):
    day: Annotated[date, BeforeValidator(_month_and_day)]
    name: ArmenianEnglish
    since: date = Field(alias="from")
    until: date | None = None
    reference: Text
    confidence: Word[Confidence]


class _SwapEntry(Entry):
    date: date
    kind: Word[DayKind]
    source: Text


class _CalendarFile(Entry):
    holidays: Many[_HolidayEntry]
    swaps: Many[_SwapEntry]


@dataclass(frozen=True, slots=True)
class Holiday:
    """A non-working day of every year between `since` and `until` (both inclusive)."""

    month: int
    day: int
    name: TranslatedText
    since: date
    until: date | None
    reference: str
    confidence: Confidence

    def falls_on(self, day: date) -> bool:
        """Whether `day` is this holiday and the holiday is law that year."""
        if (day.month, day.day) != (self.month, self.day):
            return False
        return self.since <= day and (self.until is None or day <= self.until)


class Calendar:
    """Working days under a set of holidays and swaps; a clock starts on the day after its event."""

    def __init__(self, holidays: Iterable[Holiday], swaps: Mapping[date, DayKind]) -> None:
        self.holidays = tuple(holidays)
        self.swaps = MappingProxyType(dict(swaps))
        self._years: dict[int, tuple[int, ...]] = {}

    def is_working_day(self, day: date) -> bool:
        """Whether offices work on `day`; a Government swap outranks weekend and holiday."""
        _refuse_moments(day)
        if day in self.swaps:
            return self.swaps[day] is DayKind.WORKING
        return day.weekday() < SATURDAY and not any(holiday.falls_on(day) for holiday in self.holidays)

    def add_working_days(self, day: date, n: int) -> date:
        """The n-th working day after `day`; `day` itself for n = 0.

        Raises ValueError for a negative n.
        """
        _refuse_moments(day)
        if n < 0:
            raise ValueError(f"working days are counted forward, not by {n}")
        if n == 0:
            return day
        year, left = day.year, n + bisect_right(self._year(day.year), day.toordinal())
        while left > len(self._year(year)):
            left -= len(self._year(year))
            year += 1
        return date.fromordinal(self._year(year)[left - 1])

    def working_days_between(self, start: date, end: date) -> int:
        """Working days after `start` up to and including `end`; negative when `end` comes first."""
        if end < start:
            return -self.working_days_between(end, start)
        _refuse_moments(start)
        _refuse_moments(end)
        before = bisect_right(self._year(start.year), start.toordinal())
        whole_years = sum(len(self._year(year)) for year in range(start.year, end.year))
        return whole_years + bisect_right(self._year(end.year), end.toordinal()) - before

    def _year(self, year: int) -> tuple[int, ...]:
        """The year's working days as ordinals, computed once."""
        if year not in self._years:
            first = date(year, 1, 1)
            days = (first + timedelta(n) for n in range(366))
            self._years[year] = tuple(
                day.toordinal() for day in days if day.year == year and self.is_working_day(day)
            )
        return self._years[year]


def _refuse_moments(day: date) -> None:
    # A datetime passes for a date, but which day it is depends on its time zone.
    if isinstance(day, datetime):
        raise TypeError("give the local day (Asia/Yerevan), not a moment")


def read_calendar(file: Path) -> Calendar:
    """The calendar written in a file; raises InvalidFile."""
    document = Document(file)
    written = document.read_as(_CalendarFile)
    swaps: dict[date, DayKind] = {}
    for number, swap in enumerate(written.swaps):
        if swap.date in swaps:
            raise document.fault(f"{swap.date} is swapped twice", "swaps", number)
        swaps[swap.date] = swap.kind
    return Calendar([_holiday(entry) for entry in written.holidays], swaps)


def _holiday(entry: _HolidayEntry) -> Holiday:
    return Holiday(
        month=entry.day.month,
        day=entry.day.day,
        name=entry.name,
        since=entry.since,
        until=entry.until,
        reference=entry.reference,
        confidence=entry.confidence,
    )


@cache
def calendar() -> Calendar:
    """Armenia's calendar, read once."""
    return read_calendar(FILE)


def is_working_day(day: date) -> bool:
    """Whether offices in Armenia work on `day`."""
    return calendar().is_working_day(day)


def add_working_days(day: date, n: int) -> date:
    """The n-th working day after `day`: the clock starts the next day. Raises ValueError for a negative n."""
    return calendar().add_working_days(day, n)


def working_days_between(start: date, end: date) -> int:
    """Working days after `start` up to and including `end`; negative when `end` comes first."""
    return calendar().working_days_between(start, end)
