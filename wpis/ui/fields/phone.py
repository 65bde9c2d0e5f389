"""A phone number of any country, kept in E.164, with its extension where it has one."""

import re
import unicodedata
from typing import Any

import phonenumbers
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from wpis.formatting.phones import EXTENSION, phone_number
from wpis.languages.signs import usual_width, without_invisible

HOME = "AM"
_LABEL = re.compile(r"^(?:tel|phone|mob(?:ile)?|тел|телефон|моб|հեռ|հեռախոս|բջջ)[.:\s]+", re.IGNORECASE)
_EXTENSION = re.compile(
    r"[(\[]?\s*(?:;ext=|[x#]|\b(?:ext(?:ension|n)?|доб(?:авочный)?|доп(?:олнительный)?|вн(?:утр)?|внутренний"
    r"|ներք(?:ին)?|լր(?:աց(?:ուցիչ)?)?)\b[.:\-]?)"
    r"[\s(\[]*(?P<digits>\d{1,8})[\s)\]]*$|,\s*(?P<after_comma>\d{1,5})$",
    re.IGNORECASE,
)
_BETWEEN_TWO = re.compile(r"[,;/|\n&]|\b(?:or|and|или|и|կամ|և)\b|(?<=\d)\s*\+")
_SHORTEST = 6
"""Digits of the shortest number that somebody could mean as a second one."""
_NUMBER = re.compile(r"\+?[\d\s().\-/‐-―]+")


class PhoneField(forms.CharField):
    """Gives "+37499123456", or "+37410123456;ext=12" (RFC 3966). A number without "+" is read as an Armenian one."""

    widget = forms.TextInput(attrs={"type": "tel"})
    width = 20
    default_error_messages = {
        "required": _("Enter the phone number"),
        "invalid": _("Enter a phone number, like 099 123456; with + and country code if it is foreign"),
        "letters": _("Enter the phone number in digits only; an extension as “ext. 12”"),
        "several": _("Enter one phone number only"),
    }

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """A phone shows its dial keys."""
        return {"inputmode": "tel", "autocomplete": "tel"}

    def to_python(self, value: Any) -> str:
        """Read the number. Nothing that was typed is left out: what cannot be kept is refused.

        Raises:
            ValidationError: no such number can exist, or it is more than one, or not only a number.
        """
        typed = super().to_python(_plain(value) if isinstance(value, str) else value)
        if not typed:
            return ""
        line, extension = _split(_LABEL.sub("", typed).removeprefix("tel:"))
        if sum(sum(map(str.isdecimal, part)) >= _SHORTEST for part in _BETWEEN_TWO.split(line)) > 1:
            raise self._refused("several")
        if not _NUMBER.fullmatch(line):
            raise self._refused("letters" if any(map(str.isalpha, line)) else "invalid")
        try:
            number = phonenumbers.parse(line, HOME)
        except phonenumbers.NumberParseException:
            raise self._refused("invalid") from None
        # Foreign numbering plans change faster than our tables, so abroad only the length is checked.
        at_home = number.country_code == phonenumbers.country_code_for_region(HOME)
        if not (phonenumbers.is_valid_number if at_home else phonenumbers.is_possible_number)(number):
            raise self._refused("invalid")
        e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
        return f"{e164}{EXTENSION}{extension}" if extension else e164

    def prepare_value(self, value: Any) -> Any:
        """Show a stored number in groups, as in +374 99 123456; invalid input is shown unchanged."""
        return phone_number(value) if isinstance(value, str) else value

    def _refused(self, code: str) -> ValidationError:
        return ValidationError(self.error_messages[code], code=code)


def _plain(text: str) -> str:
    """What was seen, with digits of any script as 0 to 9."""
    seen = usual_width(without_invisible(text)).strip()
    return "".join(str(unicodedata.digit(sign)) if sign.isdecimal() else sign for sign in seen)


def _split(typed: str) -> tuple[str, str]:
    """The number and its extension; no extension is the empty text."""
    found = _EXTENSION.search(typed)
    if found is None:
        return typed, ""
    return typed[: found.start()].rstrip(" ,;."), found["digits"] or found["after_comma"]
