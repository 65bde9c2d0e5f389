"""Identification numbers of passports and taxpayers, stored as text."""

import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from wpis.languages.signs import without_invisible

SEPARATORS = re.compile(r"[\s\-‐-―−֊]+")  # with the dashes that word processors put in


class _NumberField(forms.CharField):
    """A number in one canonical spelling, without spaces or hyphens."""

    pattern: re.Pattern[str]
    width = 10

    def to_python(self, value: Any) -> str:
        """The canonical spelling, or the empty text; signs that nobody sees are no part of it."""
        seen = unicodedata.normalize("NFKC", without_invisible(super().to_python(value) or ""))
        return SEPARATORS.sub("", seen).upper()

    def validate(self, value: str) -> None:
        """Check the spelling.

        Raises:
            ValidationError: a character or the length is wrong.
        """
        super().validate(value)
        if value and not self.pattern.fullmatch(value):
            raise ValidationError(self.error_messages["invalid"], code="invalid")


class PassportNumberField(_NumberField):
    """The number of a passport of any country: Latin letters and digits, upper case, no spaces."""

    pattern = re.compile(r"[A-Z0-9]{5,20}")
    default_error_messages = {
        "required": _("Enter the passport number"),
        "invalid": _("Enter the passport number in Latin letters and digits, like N1234567"),
    }

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Browsers shall neither remember nor correct it."""
        return {"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}


class TaxNumberField(_NumberField):
    """The taxpayer's number of Armenia: 8 digits, kept as text because it may start with 0."""

    pattern = re.compile(r"[0-9]{8}")
    default_error_messages = {
        "required": _("Enter the tax number"),
        "invalid": _("The tax number has 8 digits, like 01234567"),
        "unreal": _("No company has this tax number. Copy it from the registration certificate"),
    }

    def validate(self, value: str) -> None:
        """Check the spelling, and that somebody can have the number.

        Raises:
            ValidationError: a character or the length is wrong, or all digits are 0.
        """
        super().validate(value)
        if value and not value.strip("0"):
            raise ValidationError(self.error_messages["unreal"], code="unreal")

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """A phone shows its number keys."""
        return {"inputmode": "numeric", "autocomplete": "off"}
