"""Identification numbers of passports, taxpayers and bank accounts, stored as text."""

import re
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from wpis.languages.signs import upper_latin, usual_width, without_invisible
from wpis.ui.fields.quoting import quoted, with_signs

SEPARATORS = re.compile(r"[\s\-‐-―−֊]+")  # with the dashes that word processors put in
NUMBER_SIGNS = re.compile(
    r"[№#]|\bn[°º]|\b(?:no|nr|num)\s*[.:]|(?<=\w\s)(?:no|nr|number)(?=\s)", re.IGNORECASE
)
"""Signs that say "number": they stand in front of it or behind its series, as in AB № 123456."""


class _NumberField(forms.CharField):
    """A number in one canonical spelling, without spaces or hyphens, and without words in front that say what it is."""

    pattern: ClassVar[re.Pattern[str]]
    signs: ClassVar[re.Pattern[str]] = re.compile("[A-Z0-9]")
    words: ClassVar[str]
    impossible: ClassVar[re.Pattern[str]]
    width = 10

    def to_python(self, value: Any) -> str:
        """The canonical spelling, or the empty text; signs that nobody sees are no part of it."""
        seen = usual_width(without_invisible(super().to_python(value) or "")).strip()
        bare = re.sub(rf"^(?:(?:{self.words})[\s.:]*)+", "", NUMBER_SIGNS.sub(" ", seen), flags=re.IGNORECASE)
        return upper_latin(SEPARATORS.sub("", bare)).rstrip("<")

    def validate(self, value: str) -> None:
        """Check the spelling, and that somebody can have the number.

        Raises:
            ValidationError: a sign, which is quoted, or the length is wrong, or nobody has this number.
        """
        super().validate(value)
        if value and not self.pattern.fullmatch(value):
            wrong = quoted(value, lambda sign: bool(self.signs.fullmatch(sign)))
            raise ValidationError(with_signs(self.error_messages["invalid"], wrong), code="invalid")
        if value and self.impossible.fullmatch(value):
            raise ValidationError(self.error_messages["unreal"], code="unreal")


class PassportNumberField(_NumberField):
    """The number of a passport of any country: Latin letters and digits, upper case, no spaces."""

    pattern = re.compile(r"[A-Z0-9]{5,20}")
    words = r"passport\b|паспорт\b|անձնագիր\b|series\b|серия\b|սերիա\b|number\b|номер\b|համար\b"
    impossible = re.compile("[A-Z]{0,3}0+")
    default_error_messages = {
        "required": _("Enter the passport number"),
        "invalid": _("Enter the passport number in Latin letters and digits, like N1234567"),
        "unreal": _("No passport has this number. Copy it from the passport"),
    }

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Browsers shall neither remember nor correct it."""
        return {"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}


class TaxNumberField(_NumberField):
    """The taxpayer's number of Armenia: 8 digits, kept as text because it may start with 0."""

    pattern = re.compile(r"[0-9]{8}")
    signs = re.compile("[0-9]")
    words = r"ՀՎՀՀ|HVHH|TIN\b|ИНН|УНН"
    impossible = re.compile("0+")
    default_error_messages = {
        "required": _("Enter the tax number"),
        "invalid": _("The tax number has 8 digits, like 01234567"),
        "unreal": _("No company has this tax number. Copy it from the registration certificate"),
    }

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """A phone shows its number keys."""
        return {"inputmode": "numeric", "autocomplete": "off"}


class AccountField(_NumberField):
    """A bank account: its number or IBAN."""

    pattern = re.compile(r"[A-Z0-9]{8,34}")
    words = r"IBAN|account\b|a/c|сч[её]т\b|[рp]/[сc]|հաշիվ\b|հաշվեհամար\b|հ/հ|number\b|номер\b|համար\b"
    impossible = re.compile(r"(?:[A-Z]{2}\d\d)?0+")
    width = 20
    default_error_messages = {
        "invalid": _("Enter the account as letters and digits, like AM12345678901234"),
        "unreal": _("No account has this number. Copy it from the bank's papers"),
    }
