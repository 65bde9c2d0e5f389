"""Writes one value as its kind asks; what was not given is empty, and the page says so in words."""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from wpis.classifications.languages import language_name
from wpis.classifications.occupations import titled
from wpis.formatting.days import day
from wpis.formatting.isolated import isolated
from wpis.formatting.numbers import decimal, drams
from wpis.formatting.phones import phone_number


class Kind(StrEnum):
    """How a value is read, where its type alone does not say it."""

    MONEY = "money"
    LANGUAGE = "language"
    OCCUPATION = "occupation"
    PHONE = "phone"


WRITERS: dict[Kind, Callable[[Any], str]] = {
    Kind.MONEY: drams,
    Kind.LANGUAGE: language_name,
    Kind.OCCUPATION: titled,
    Kind.PHONE: lambda e164: isolated(phone_number(e164)),
}


def write(value: Any, kind: Kind | None = None, choices: Iterable[tuple[Any, Any]] = ()) -> str:
    """The value in the reader's language; of several, a list with commas; of a choice, its label."""
    if value is None or value in ("", [], ()):
        return ""
    if isinstance(value, list | tuple):
        labels = dict(choices)
        return ", ".join(write(item, kind, labels.items()) for item in value)
    if isinstance(value, bool):
        return yes_no(value)
    if kind:
        return WRITERS[kind](value)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, float | Decimal):
        return decimal(value)
    return str(dict(choices).get(value, value))


def yes_no(answer: bool | None) -> str:
    """Yes or no; nothing for a question without an answer."""
    return "" if answer is None else _("Yes") if answer else _("No")
