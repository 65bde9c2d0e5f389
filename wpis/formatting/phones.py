"""How telephone numbers are written: in the groups in which people of that country say them."""

import phonenumbers
from django.utils.translation import gettext as _

EXTENSION = ";ext="
"""Between a stored number and its extension (RFC 3966)."""


def phone_number(stored: str) -> str:
    """Write +37499123456 as "+374 99 123456", an extension in the reader's words; what is no such number as it is."""
    line, _mark, extension = stored.partition(EXTENSION)
    if not line.startswith("+") or not line[1:].isdecimal():
        return stored
    try:
        number = phonenumbers.parse(line)
    except phonenumbers.NumberParseException:
        return stored
    written = str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL))
    if not extension:
        return written
    return _("%(number)s ext. %(extension)s") % {"number": written, "extension": extension}
