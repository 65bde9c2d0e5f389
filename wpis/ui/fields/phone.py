"""A phone number of any country, kept in E.164."""

from typing import Any

import phonenumbers
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from wpis.formatting.phones import phone_number

HOME = "AM"


class PhoneField(forms.CharField):
    """Gives E.164 ("+37499123456"). A number without "+" is read as an Armenian one."""

    widget = forms.TextInput(attrs={"type": "tel"})
    width = 20
    default_error_messages = {
        "required": _("Enter the phone number"),
        "invalid": _("Enter a phone number, like 099 123456; with + and country code if it is foreign"),
    }

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """A phone shows its dial keys."""
        return {"inputmode": "tel", "autocomplete": "tel"}

    def to_python(self, value: Any) -> str:
        """Read the number.

        Raises:
            ValidationError: no such number can exist.
        """
        text = super().to_python(value)
        if not text:
            return ""
        try:
            number = phonenumbers.parse(text, HOME)
        except phonenumbers.NumberParseException:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None
        # Foreign numbering plans change faster than our tables, so abroad only the length is checked.
        at_home = number.country_code == phonenumbers.country_code_for_region(HOME)
        if not (phonenumbers.is_valid_number if at_home else phonenumbers.is_possible_number)(number):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)

    def prepare_value(self, value: Any) -> Any:
        """Show a stored number in groups, as in +374 99 123456; invalid input is shown unchanged."""
        return phone_number(value) if isinstance(value, str) else value
