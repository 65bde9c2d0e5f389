"""A date of which the day, or day and month, may be unknown, as dates of birth are for many people."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Any

_ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)


@dataclass(frozen=True, slots=True, eq=False)
class PartialDate:
    """A year, a month of a year, or a day. Written as ISO 8601 writes them: 1991, 1991-03, 1991-03-27.

    One that is known to the day equals the `date` of that day. Raises ValueError for what no calendar has.
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.month is None and self.day is not None:
            raise ValueError("a day without a month is no part of a date")
        date(self.year, 1 if self.month is None else self.month, 1 if self.day is None else self.day)

    @classmethod
    def of(cls, value: "PartialDate | date | str") -> "PartialDate":
        """The same date, from what a form, a column or another record holds."""
        if isinstance(value, PartialDate):
            return value
        if isinstance(value, str):
            return cls.parse(value)
        return cls(value.year, value.month, value.day)

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """The date that an ISO text says. Raises ValueError when it is none."""
        found = _ISO.fullmatch(text)
        if found is None:
            raise ValueError(f"no date of ISO 8601, whole or in part: {text!r}")
        return cls(*(int(part) for part in found.groups() if part))

    def isoformat(self) -> str:
        """1991, 1991-03 or 1991-03-27."""
        month = "" if self.month is None else f"-{self.month:02d}"
        return f"{self.year:04d}{month}" + ("" if self.day is None else f"-{self.day:02d}")

    __str__ = isoformat

    @property
    def whole(self) -> date | None:
        """The day; None while a part of it is unknown."""
        return self.earliest if self.day is not None else None

    @property
    def earliest(self) -> date:
        """The first day that is possible."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> date:
        """The last day that is possible."""
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])

    def ages(self, on: date) -> tuple[int, int]:
        """(youngest, oldest) that somebody born on this date can be on a day, in whole years."""
        return _years(self.latest, on), _years(self.earliest, on)

    def contradicts(self, other: "PartialDate") -> bool:
        """Whether no day is possible by both."""
        return self.latest < other.earliest or other.latest < self.earliest

    def __eq__(self, other: Any) -> bool:
        if isinstance(other, PartialDate):
            return self.isoformat() == other.isoformat()
        return self.whole == other if isinstance(other, date) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.whole or self.isoformat())


def _years(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
