"""Dates as people type and paste them: what is certain is told apart into day, month and year."""

import re
from collections.abc import Mapping
from typing import Any

from wpis.dates.months import month_of
from wpis.languages.signs import usual_width, without_invisible

PARTS = ("day", "month", "year")
_AFTER_DAY = re.compile(r"(?<=\d)(?:st|nd|rd|th|-?го|-?е|-?ին|-?ի)?[.,]?$", re.IGNORECASE)
_AFTER_YEAR = re.compile(r"(?<=\d)\s*(?:года?\.?|г\.?|թվական(?:ի|ին)?|թ\.?)?[.,]?$", re.IGNORECASE)
_ENDS = {"day": _AFTER_DAY, "month": re.compile(r"(?<=\d)\.$"), "year": _AFTER_YEAR}
"""What is written behind the number: 27., 27th, 1994 г., 1994թ."""

_YEAR_FIRST = re.compile(r"(?P<year>\d{4})(?P<sign>[-./ ])(?P<month>\d{1,2})(?P=sign)(?P<day>\d{1,2})")
_YEAR_LAST = re.compile(r"(?P<first>\d{1,2})(?P<sign>\. ?|[-/ ])(?P<second>\d{1,2})(?P=sign)(?P<year>\d{4})")
_NAMED = re.compile(r"(?P<day>\d{1,2})[-. /]{1,2}(?P<month>[^\W\d]{3,})[-., /]{1,2}(?P<year>\d{4})")
_NAMED_FIRST = re.compile(r"(?P<month>[^\W\d]{3,})[. ]{1,2}(?P<day>\d{1,2}),? (?P<year>\d{4})")


def in_three_parts(typed: Mapping[str, Any]) -> dict[str, Any]:
    """What the three boxes say; a whole date in one of them, the others empty, is taken for all three."""
    found = {**typed} | {part: _plain(typed.get(part, "")) for part in PARTS}
    filled = [part for part in PARTS if found[part]]
    if len(filled) == 1 and (whole := _whole(found[filled[0]])):
        return found | whole
    return found | {part: _ENDS[part].sub("", found[part]) for part in PARTS}


def _plain(typed: Any) -> str:
    """What is to be seen of it, with one space between words."""
    return " ".join(usual_width(without_invisible(str(typed))).split())


def _whole(text: str) -> dict[str, str] | None:
    """Day, month and year of a whole date; None when it is none, or when day and month could be each other."""
    text = _AFTER_YEAR.sub("", text) if not _YEAR_FIRST.fullmatch(text) else text
    for pattern in (_YEAR_FIRST, _NAMED, _NAMED_FIRST):
        found = pattern.fullmatch(text)
        if found and (found["month"].isdecimal() or month_of(found["month"])):
            return {part: found[part] for part in PARTS}
    found = _YEAR_LAST.fullmatch(text)
    if not found or not _day_stands_first(found):
        return None
    return {"day": found["first"], "month": found["second"], "year": found["year"]}


def _day_stands_first(found: re.Match[str]) -> bool:
    """Between dots the day comes first everywhere; between other signs an American date has the month there."""
    first, second = int(found["first"]), int(found["second"])
    return found["sign"].startswith(".") or first > 12 or first == second
