"""A date entered in three boxes: day, month, year; one of which a part may be unknown says so by a tick."""

import datetime
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import get_text_list
from django.utils.translation import gettext_lazy as _

from wpis.dates.months import month_of
from wpis.dates.partial import PartialDate
from wpis.dates.typed import in_three_parts
from wpis.ui.widgets import DateBoxes, PartialDateBoxes

BOX = {"day": _("day"), "month": _("month"), "year": _("year")}
LONGEST = 8  # digits of a box; Python reads no whole number of thousands of digits
RANGE = {"day": (1, 31), "month": (1, 12), "year": (1900, 2100)}


class DateField(forms.Field):
    """Gives a `datetime.date`. Errors name the box: `params["parts"]` lists the boxes to mark."""

    widget = DateBoxes
    default_error_messages = {
        "incomplete": _("Enter the %(boxes)s too"),
        "day": _("The day must be a number from 1 to 31"),
        "month": _("Enter the month as a number from 1 to 12, or by its name"),
        "year": _("The year must have 4 digits, like 2026"),
        "unreal": _("This day does not exist. Check the day and the month"),
    }

    def to_python(self, value: Any) -> Any:
        """Read a date, an ISO text, or the three boxes.

        Raises:
            ValidationError: a box is empty or out of range, or the day is not in the calendar.
        """
        if isinstance(value, datetime.datetime):
            return value.date()
        if isinstance(value, datetime.date) or value in self.empty_values:
            return value or None
        typed = in_three_parts(self.widget._typed(value))
        if not any(typed.get(part) for part in DateBoxes.parts):
            return None
        self._complete(typed)
        numbers = [self._number(part, typed) for part in DateBoxes.parts]
        return self._date(*numbers)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare as dates; what cannot be read counts as changed."""
        try:
            return bool(self.to_python(initial) != self.to_python(data))
        except ValidationError:
            return True

    def _complete(self, typed: Mapping[str, Any]) -> None:
        """Raise ValidationError unless every box is filled."""
        if absent := [part for part in DateBoxes.parts if not typed.get(part)]:
            boxes = get_text_list([str(BOX[part]) for part in absent], str(_("and")))
            raise self._fault("incomplete", absent, boxes=boxes)

    def _date(self, day: int | None, month: int | None, year: int | None) -> Any:
        assert day is not None
        assert month is not None
        assert year is not None
        try:
            return datetime.date(year, month, day)
        except ValueError:
            raise self._fault("unreal", ["day", "month"]) from None

    def _number(self, part: str, typed: Mapping[str, Any]) -> int | None:
        text = str(typed.get(part, ""))
        if not text:
            return None
        if part == "month" and (named := month_of(text)):
            return named
        low, high = RANGE[part]
        if not text.isdecimal() or len(text) > LONGEST or not low <= int(text) <= high:
            raise self._fault(part, [part])
        return int(text)

    def _fault(self, code: str, parts: list[str], **params: Any) -> ValidationError:
        return ValidationError(self.error_messages[code], code=code, params={"parts": parts, **params})


class PartialDateField(DateField):
    """Gives a `PartialDate`. What is unknown is said by a tick, so that a forgotten box is still asked for."""

    widget = PartialDateBoxes
    default_error_messages = {
        "incomplete": _("Enter the %(boxes)s too, or tick that the passport does not give the whole date"),
        "no_year": _("Enter at least the year"),
        "no_month": _("Enter the month too, or leave the day empty"),
    }

    def to_python(self, value: Any) -> PartialDate | None:
        """Read the boxes with their tick, a date, or an ISO text of a date or of a part of one.

        Raises:
            ValidationError: an empty box is not excused by the tick, or what was typed is not in the calendar.
        """
        if isinstance(value, PartialDate):
            return value
        found = super().to_python(value)
        return None if found is None else PartialDate.of(found)

    def _complete(self, typed: Mapping[str, Any]) -> None:
        if not typed.get("partial"):
            super()._complete(typed)
        if not typed.get("year"):
            raise self._fault("no_year", ["year"])
        if typed.get("day") and not typed.get("month"):
            raise self._fault("no_month", ["month"])

    def _date(self, day: int | None, month: int | None, year: int | None) -> PartialDate:
        assert year is not None
        try:
            return PartialDate(year, month, day)
        except ValueError:
            raise self._fault("unreal", ["day", "month"]) from None
