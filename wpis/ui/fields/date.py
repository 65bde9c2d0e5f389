"""A date entered in three boxes: day, month, year."""

import datetime
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import get_text_list
from django.utils.translation import gettext_lazy as _

from wpis.ui.widgets import DateBoxes

BOX = {"day": _("day"), "month": _("month"), "year": _("year")}
LONGEST = 8  # digits of a box; Python reads no whole number of thousands of digits
RANGE = {"day": (1, 31), "month": (1, 12), "year": (1900, 2100)}


class DateField(forms.Field):
    """Gives a `datetime.date`. Errors name the box: `params["parts"]` lists the boxes to mark."""

    widget = DateBoxes
    default_error_messages = {
        "incomplete": _("Enter the %(boxes)s too"),
        "day": _("The day must be a number from 1 to 31"),
        "month": _("The month must be a number from 1 to 12"),
        "year": _("The year must have 4 digits, like 2026"),
        "unreal": _("This day does not exist. Check the day and the month"),
    }

    def to_python(self, value: Any) -> datetime.date | None:
        """Read a date, an ISO text, or the three boxes.

        Raises:
            ValidationError: a box is empty or out of range, or the day is not in the calendar.
        """
        if isinstance(value, datetime.datetime):
            return value.date()
        if isinstance(value, datetime.date) or value in self.empty_values:
            return value or None
        typed = dict(value) if isinstance(value, Mapping) else DateBoxes._typed(value)
        if not any(typed.values()):
            return None
        if absent := [part for part in DateBoxes.parts if not typed.get(part)]:
            boxes = get_text_list([str(BOX[part]) for part in absent], str(_("and")))
            raise self._fault("incomplete", absent, boxes=boxes)
        numbers = {part: self._number(part, str(typed[part])) for part in DateBoxes.parts}
        try:
            return datetime.date(numbers["year"], numbers["month"], numbers["day"])
        except ValueError:
            raise self._fault("unreal", ["day", "month"]) from None

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare as dates; what cannot be read counts as changed."""
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True

    def _number(self, part: str, text: str) -> int:
        low, high = RANGE[part]
        if not text.isdecimal() or len(text) > LONGEST or not low <= int(text) <= high:
            raise self._fault(part, [part])
        return int(text)

    def _fault(self, code: str, parts: list[str], **params: Any) -> ValidationError:
        return ValidationError(self.error_messages[code], code=code, params={"parts": parts, **params})
