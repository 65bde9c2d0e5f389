"""Kinds of answers: their limits, how text is cleaned, and how a stored value reads in words.

A kind knows no page and no interface: `permits.employer.forms.controls` makes its form field,
`permits.api.fields` its field for programs.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from wpis import clock
from wpis.classifications.countries import country_name
from wpis.classifications.occupations import titled
from wpis.formatting.days import day
from wpis.formatting.numbers import decimal, drams
from wpis.formatting.values import write, yes_no
from wpis.ui.fields import PassportNumberField, PhoneField

Words = str | Promise
Choices = tuple[tuple[Any, Any], ...]

LATIN = RegexValidator(
    r"^[A-Za-z\u00c0-\u024f\u1e00-\u1eff'’ .\-]+$", gettext_lazy("Use Latin letters, as in the passport")
)
ARMENIAN = RegexValidator(r"^[\u0531-\u0556\u0561-\u0587'’ .\-]+$", gettext_lazy("Use Armenian letters"))
_ACCOUNT = RegexValidator(
    r"^[A-Z0-9]{8,34}$", gettext_lazy("Enter the account as letters and digits, like AM12345678901234")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """Base of all kinds."""

    def words(self, value: Any) -> str:
        """A stored value as staff read it; empty when none was given."""
        return "" if value is None or value == "" else self._words(value)

    def _words(self, value: Any) -> str:
        return str(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Text(Kind):
    """A line of text; with validators, the letters it may have."""

    max_length: int
    validators: tuple[RegexValidator, ...] = ()

    def cleaner(self, **words: Any) -> forms.Field:
        """The form field that reads it."""
        return forms.CharField(max_length=self.max_length, validators=list(self.validators), **words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Phone(Kind):
    """A telephone number, kept in E.164."""

    def cleaner(self, **words: Any) -> forms.Field:
        """The form field that reads it."""
        return PhoneField(**words)


@dataclass(frozen=True, slots=True, kw_only=True)
class PassportNumber(Kind):
    """The number of a passport."""

    def cleaner(self, **words: Any) -> forms.Field:
        """The form field that reads it."""
        return PassportNumberField(**words)


class AccountField(forms.CharField):
    """An account number or IBAN in one spelling."""

    def to_python(self, value: Any) -> str:
        """Without spaces and hyphens, in upper case."""
        return "".join((super().to_python(value) or "").replace("-", "").split()).upper()


@dataclass(frozen=True, slots=True, kw_only=True)
class Account(Kind):
    """A bank account: number or IBAN."""

    def cleaner(self, **words: Any) -> forms.Field:
        """The form field that reads it."""
        return AccountField(max_length=40, validators=[_ACCOUNT], **words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Email(Kind):
    """An e-mail address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PassportLines(Kind):
    """The machine-readable zone of a passport (ICAO Doc 9303)."""

    max_length: int = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Day(Kind):
    """A date; with `past`, one before today, and the words for one that is not."""

    past: Words = ""

    def validate(self, value: date) -> None:
        """Raise ValidationError for a day that may not be entered today."""
        if self.past and value >= clock.today():
            raise ValidationError(str(self.past), params={"parts": ["year"]})

    def _words(self, value: Any) -> str:
        return day(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Money(Kind):
    """Whole drams."""

    max_value: int = 1_000_000_000

    def _words(self, value: Any) -> str:
        return drams(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Number(Kind):
    """A whole number; `keys` names the keyboard that a telephone shows for it."""

    min_value: int
    max_value: int
    keys: str = "numeric"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours(Kind):
    """Hours with at most one decimal place."""

    min_value: int
    max_value: int

    def _words(self, value: Any) -> str:
        return decimal(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class YesNo(Kind):
    """A question that tells "no" from "not answered"."""

    def _words(self, value: Any) -> str:
        return yes_no(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick(YesNo):
    """A box to tick; not ticked says nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(Kind):
    """One of a few answers: `radios`, `inline` radios side by side, or a `list`."""

    choices: Choices
    control: str = "radios"

    def _words(self, value: Any) -> str:
        return write(value, choices=self.choices)


@dataclass(frozen=True, slots=True, kw_only=True)
class Several(Kind):
    """Any number of answers out of a few."""

    choices: Choices

    def _words(self, value: Any) -> str:
        return write(value, choices=self.choices)


@dataclass(frozen=True, slots=True, kw_only=True)
class Country(Kind):
    """A country by its ISO 3166-1 alpha-3 code."""

    def _words(self, value: Any) -> str:
        return country_name(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Occupation(Kind):
    """An occupation by its ISCO-08 unit group."""

    def _words(self, value: Any) -> str:
        return titled(value)
