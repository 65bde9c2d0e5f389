"""The dates of a machine-readable zone: two digits of a year, and parts that are not known."""

import re
from datetime import date

from wpis.documents.mrz.digits import check_digit
from wpis.documents.mrz.faults import require
from wpis.documents.mrz.zone import known


def unknown_as_fillers(field: str) -> str:
    """Some states print an unknown day, or month and day, as 00; a filler has the same check digit."""
    unknown = re.fullmatch(r"(\d\d)(0000|(?!00)\d\d00)", field)
    if not unknown or field == "000000":
        return field
    return field[:2] + ("<<<<" if unknown[2] == "0000" else field[2:4] + "<<")


def birth_date(field: str, digit: str, today: date) -> date | None:
    """The date of birth, of which nothing is unknown; None otherwise. Raises InvalidMRZ for what is no date."""
    require(re.fullmatch(r"(\d\d|<<){3}", field) and check_digit(field) == digit, "birth_date")
    if "<" in field:
        month, day = known(field[2:4]), known(field[4:6])
        # 2000 is a leap year: an unknown year may be one.
        require(_day(2000, 1 if month is None else month, 1 if day is None else day), "birth_date")
        return None
    found = [born for century in (2000, 1900) if (born := _dated(field, century)) and born <= today]
    require(found, "birth_date")
    return found[0]


def birth_year(field: str, today: date) -> int | None:
    """The latest year that does not put an incompletely known birth in the future."""
    year, month, day = (known(field[n : n + 2]) for n in (0, 2, 4))
    if year is None:
        return None
    earliest = (2000 + year, month or 1, day or 1)
    return year + (2000 if earliest <= (today.year, today.month, today.day) else 1900)


def expiry_date(field: str, digit: str, today: date) -> date | None:
    """The expiry date; None for a document without one. Raises InvalidMRZ for what is no date."""
    require(check_digit(field) == digit, "expiry_date")
    if field == "<<<<<<":  # a document without expiry
        return None
    require(re.fullmatch(r"\d{6}", field), "expiry_date")
    found = [day for century in (2100, 2000, 1900) if (day := _dated(field, century))]
    require(found, "expiry_date")
    return min(found, key=lambda day: abs(day - today))


def _dated(field: str, century: int) -> date | None:
    return _day(century + int(field[:2]), int(field[2:4]), int(field[4:6]))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
