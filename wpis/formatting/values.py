"""Writes one value as its kind asks; what was not given is empty, and the page says so in words."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from wpis.classifications.countries import country_name
from wpis.classifications.languages import language_name
from wpis.classifications.occupations import titled
from wpis.classifications.provinces import province_name
from wpis.dates.partial import PartialDate
from wpis.formatting.days import partial_day, span
from wpis.formatting.isolated import isolated, isolated_lines
from wpis.formatting.numbers import decimal, drams
from wpis.formatting.phones import phone_number


class Kind(StrEnum):
    """How a value is read, where its type alone does not say it."""

    MONEY = "money"
    NUMBER = "number"
    YES_NO = "yes_no"
    DAY = "day"
    DAYS = "days"
    COUNTRY = "country"
    PROVINCE = "province"
    LANGUAGE = "language"
    OCCUPATION = "occupation"
    PHONE = "phone"
    PASSPORT_LINES = "passport_lines"


def write(
    value: Any, kind: Kind | None = None, choices: Iterable[tuple[Any, Any]] = (), *, plain: bool = False
) -> str:
    """The value in the reader's language; of several, a list with commas; of a choice, its label.

    Plain text leaves what is read sign by sign as it is stored, so that it can be compared and covered.
    """
    if value is None or value in ("", [], ()):
        return ""
    if kind is Kind.DAYS:
        return span(*map(_as_date, value))
    if isinstance(value, list | tuple):
        labels = dict(choices)
        return ", ".join(write(item, kind, labels.items(), plain=plain) for item in value)
    if isinstance(value, bool):
        return yes_no(value)
    if plain and kind in SIGN_BY_SIGN:
        return str(value)
    if kind:
        return WRITERS[kind](value)
    if isinstance(value, date | PartialDate):
        return _day(value)
    if isinstance(value, float | Decimal):
        return decimal(value)
    return str(dict(choices).get(value, value))


def yes_no(answer: bool | None) -> str:
    """Yes or no; nothing for a question without an answer."""
    return "" if answer is None else _("Yes") if answer else _("No")


def _day(value: date | PartialDate | str) -> str:
    """A day, whole or partly known; of a moment the day in Armenia."""
    return partial_day(PartialDate.of(timezone.localdate(value) if isinstance(value, datetime) else value))


def _as_date(value: date | str) -> date:
    """A date, also one that JSON keeps as text."""
    return date.fromisoformat(value) if isinstance(value, str) else value


SIGN_BY_SIGN = frozenset({Kind.PHONE, Kind.PASSPORT_LINES})

WRITERS: dict[Kind, Callable[[Any], str]] = {
    Kind.MONEY: drams,
    Kind.NUMBER: decimal,
    Kind.YES_NO: yes_no,
    Kind.DAY: lambda value: _day(value),
    Kind.COUNTRY: country_name,
    Kind.PROVINCE: province_name,
    Kind.LANGUAGE: language_name,
    Kind.OCCUPATION: titled,
    Kind.PHONE: lambda e164: isolated(phone_number(e164)),
    Kind.PASSPORT_LINES: lambda zone: isolated_lines(zone.split()),
}
"""How one value of a kind is written; two days make one `DAYS`."""
