"""How telephone numbers are written: in the groups in which people of that country say them."""

import phonenumbers


def phone_number(e164: str) -> str:
    """Write +37499123456 as "+374 99 123456"; what is no such number as it is."""
    if not e164.startswith("+") or not e164[1:].isdecimal():
        return e164
    try:
        number = phonenumbers.parse(e164)
    except phonenumbers.NumberParseException:
        return e164
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL))
