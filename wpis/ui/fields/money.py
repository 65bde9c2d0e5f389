"""An amount in whole drams; digits may be grouped in any common way."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from wpis.formatting.numbers import grouped
from wpis.languages.signs import without_invisible
from wpis.ui.widgets import MoneyBox

NO_LUMA = re.compile(r"[.,]00?$")  # ",00": drams have had no coins below 1 in use for years
LONGEST = 100  # of an amount as it is typed; Python reads no whole number of thousands of digits
DRAMS = re.compile(
    r"^\s*(?:֏|AMD|դրամ|դր\.?)|(?:֏|AMD|դրամ|դր\.?|драм(?:а|ов)?|др\.?|drams?)\s*$", re.IGNORECASE
)
GROUPED = re.compile(r"\d{1,3}([ .,'’]\d{3})+|\d+")


class MoneyField(forms.IntegerField):
    """Gives integer drams: "150 000", "150.000", "150,000 ֏" and "150000" are all 150000."""

    widget = MoneyBox
    width = 10
    default_error_messages = {"invalid": _("Enter an amount in whole drams, like 150 000")}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("min_value", 0)
        kwargs.setdefault("max_value", 1_000_000_000)
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """No `min` and `max`: the box is a text box, so that grouping can be typed."""
        return {}

    def to_python(self, value: Any) -> int | None:
        """Read the amount.

        Raises:
            ValidationError: it is no amount of whole drams.
        """
        if value in self.empty_values or isinstance(value, int):
            return value if isinstance(value, int) else None
        text = " ".join(DRAMS.sub(" ", without_invisible(str(value))).split())
        text = NO_LUMA.sub("", text)
        if len(text) > LONGEST or not GROUPED.fullmatch(text):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return int(re.sub(r"\D", "", text))

    def prepare_value(self, value: Any) -> Any:
        """Show a valid amount grouped; invalid input is shown unchanged."""
        return grouped(value) if isinstance(value, int) else value
