"""E-mail addresses: the box cleans what is pasted, the validator refuses what no mail can reach."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from wpis.languages.signs import clean_address
from wpis.ui.fields.quoting import quoted, script_of, with_signs

INVALID = _("Enter an e-mail address, like name@example.am")


def validate_address(address: str) -> None:
    """Raise ValidationError for an address that mail cannot be sent to, its domain's name (IDNA) included.

    A letter that only looks like the right one is named: nobody would see what is wrong with the address.
    """
    person, _at, domain = address.rpartition("@")
    if signs := quoted(person, str.isascii) or ", ".join(filter(None, map(_lookalikes, domain.split(".")))):
        raise ValidationError(with_signs(INVALID, signs), code="letters")
    try:
        validate_email(address)
        if "." not in domain or domain.startswith("["):
            raise ValidationError(INVALID, code="invalid")  # this machine, or a machine without a name
        domain.encode("idna")
    except (ValidationError, UnicodeError):
        raise ValidationError(INVALID, code="invalid") from None


def _lookalikes(label: str) -> str:
    """The letters of other scripts in a part of the domain's name that has Latin ones too."""
    if not any(sign.isascii() and sign.isalpha() for sign in label):
        return ""
    return quoted(label, lambda sign: script_of(sign) in ("", "LATIN"))


class AddressBox(forms.EmailInput):
    """The box of every e-mail address: whatever form asks for it reads the cleaned one."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        """What was typed, cleaned."""
        typed = super().value_from_datadict(data, files, name)
        return clean_address(typed) if isinstance(typed, str) else typed


class AddressField(forms.EmailField):
    """An e-mail address for programs and forms: the cleaned one."""

    widget = AddressBox
    default_validators = [validate_address]
    default_error_messages = {"invalid": INVALID}

    def to_python(self, value: Any) -> Any:
        """The cleaned address, also of a program that has no box."""
        return super().to_python(clean_address(value) if isinstance(value, str) else value)


def take_addresses(field: forms.Field) -> None:
    """Make a borrowed or plain e-mail field read and refuse as `AddressField` does; other fields stay as they are."""
    if not isinstance(field, forms.EmailField) or isinstance(field.widget, forms.HiddenInput):
        return
    if not isinstance(field.widget, AddressBox):
        box = AddressBox(field.widget.attrs)
        box.is_required, box.is_localized = field.widget.is_required, field.widget.is_localized
        field.widget = box
    if validate_address not in field.validators:
        field.validators = [validate_address, *(v for v in field.validators if v is not validate_email)]
