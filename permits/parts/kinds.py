"""Kinds of answers: their limits, how text is cleaned, and as which kind of value they are written.

A kind knows no page and no interface: `permits.employer.forms.controls` makes its form field,
`permits.api.fields` its field for programs.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from wpis import clock
from wpis.classifications.countries import citizenships, countries
from wpis.dates.partial import PartialDate
from wpis.fonts.coverage import unprintable
from wpis.formatting import masks, values
from wpis.ui.fields import AccountField, NameField, PassportNumberField, PhoneField, TaxNumberField
from wpis.ui.fields.name import Script

Words = str | Promise
Choices = tuple[tuple[Any, Any], ...]

NAME_IN_ENGLISH = RegexValidator(
    r"^(?=.*[A-Za-z])[^\u0400-\u04ff\u0531-\u0587]*$", gettext_lazy("Write the name in Latin letters")
)
NAME_IN_ARMENIAN = RegexValidator(r"[\u0531-\u0587]", gettext_lazy("Write the name in Armenian letters"))
"""A company's name may hold a brand in other letters, digits and signs, but not nothing else."""
NACE = RegexValidator(r"^\d{2}(\.\d{1,2})?$", gettext_lazy("Enter a NACE code such as 41.20"))


def validate_printable(text: str) -> None:
    """Raise ValidationError, with the signs quoted, for a text that the permit could not show."""
    if problem := _unprintable_in_words(text):
        raise ValidationError(problem, code="unprintable")


def _unprintable_in_words(text: str) -> str:
    signs = unprintable(text)[:_QUOTED]
    if not signs:
        return ""
    return gettext(
        "This is printed on the permit, which cannot show “%(signs)s”. Write it in Latin or Armenian letters"
    ) % {"signs": signs}


_QUOTED = 20
"""At most so many signs are quoted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """Base of all kinds.

    written: as what `wpis.formatting` writes it; None where the type of the value or its choices say enough.
    mask: how it is covered where its declaration says that it is.
    """

    written: ClassVar[values.Kind | None] = None
    mask: ClassVar[masks.Mask] = masks.OTHER

    @property
    def answers(self) -> Choices:
        """The answers to choose from, with their labels; none where anything may be entered."""
        return ()

    def words(self, value: Any) -> str:
        """A stored value as staff read it, in plain text; empty when none was given."""
        return values.write(value, self.written, self.answers, plain=True)

    def words_for_applicant(self, value: Any) -> str:
        """A stored value on the pages of who entered it; empty when none was given."""
        return values.write(value, self.written, self.answers)

    def problem(self, value: Any) -> str:
        """Why a stored value cannot be filed, in words; empty when it can."""
        return ""

    def covered(self, value: Any) -> str:
        """Enough of a stored value to tell two apart; empty when none was given."""
        return self.mask.both_ends(str(value or ""))


@dataclass(frozen=True, slots=True, kw_only=True)
class Text(Kind):
    """A line of text; with validators, the letters it may have. What is `printed` must be in the permit's fonts."""

    max_length: int
    validators: tuple[RegexValidator, ...] = ()
    printed: bool = False

    def cleaner(self, **words: Any) -> forms.Field:
        """The form field that reads it."""
        validators: list[Callable[[Any], None]] = [*self.validators]
        if self.printed:
            validators.append(validate_printable)
        return forms.CharField(max_length=self.max_length, validators=validators, **words)

    def problem(self, value: Any) -> str:
        """Signs that cannot be printed: a value may have been stored before they were refused."""
        return _unprintable_in_words(value) if self.printed and value else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Name(Text):
    """A person's name in the letters of one script."""

    script: Script

    def cleaner(self, **words: Any) -> forms.Field:
        """The form field that reads it."""
        return NameField(script=self.script, max_length=self.max_length, **words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Phone(Kind):
    """A telephone number, kept in E.164."""

    written: ClassVar[values.Kind | None] = values.Kind.PHONE
    mask: ClassVar[masks.Mask] = masks.PHONE

    def cleaner(self, **words: Any) -> forms.Field:
        """The form field that reads it."""
        return PhoneField(**words)


@dataclass(frozen=True, slots=True, kw_only=True)
class PassportNumber(Kind):
    """The number of a passport."""

    mask: ClassVar[masks.Mask] = masks.PASSPORT

    def cleaner(self, **words: Any) -> forms.Field:
        """The form field that reads it."""
        return PassportNumberField(**words)


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxNumber(Kind):
    """The taxpayer's number of Armenia."""

    def cleaner(self, **words: Any) -> forms.Field:
        """The form field that reads it."""
        return TaxNumberField(**words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account(Kind):
    """A bank account: number or IBAN."""

    mask: ClassVar[masks.Mask] = masks.ACCOUNT

    def cleaner(self, **words: Any) -> forms.Field:
        """The form field that reads it."""
        return AccountField(max_length=40, **words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Email(Kind):
    """An e-mail address."""

    mask: ClassVar[masks.Mask] = masks.EMAIL


@dataclass(frozen=True, slots=True, kw_only=True)
class PassportLines(Kind):
    """The machine-readable zone of a passport (ICAO Doc 9303), with whatever came along when it was copied."""

    written: ClassVar[values.Kind | None] = values.Kind.PASSPORT_LINES

    max_length: int = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Day(Kind):
    """A date; with `past` one before today, with `by_today` one not after it, and the words for one that is not."""

    written: ClassVar[values.Kind | None] = values.Kind.DAY

    past: Words = ""
    by_today: Words = ""

    def validate(self, value: date | PartialDate) -> None:
        """Raise ValidationError for a date of which no day may be entered today."""
        first = PartialDate.of(value).earliest
        if self.past and first >= clock.today():
            raise ValidationError(str(self.past), params={"parts": ["year"]})
        if self.by_today and first > clock.today():
            raise ValidationError(str(self.by_today), params={"parts": ["year"]})


@dataclass(frozen=True, slots=True, kw_only=True)
class PartialDay(Day):
    """A date of which the day, or day and month, may be unknown."""


MOST_DRAMS = 1_000_000_000
"""No wage, and no sum of what is taken off it, is larger: an amount beyond it is a slip of the pen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Money(Kind):
    """Whole drams."""

    written: ClassVar[values.Kind | None] = values.Kind.MONEY

    max_value: int = MOST_DRAMS


def at_most_together(*amounts: int | None) -> bool:
    """Whether these amounts together are an amount that can be entered."""
    return sum(amount or 0 for amount in amounts) <= MOST_DRAMS


@dataclass(frozen=True, slots=True, kw_only=True)
class Number(Kind):
    """A whole number; `keys` names the keyboard that a telephone shows for it."""

    min_value: int
    max_value: int
    keys: str = "numeric"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours(Kind):
    """Hours with at most one decimal place."""

    written: ClassVar[values.Kind | None] = values.Kind.NUMBER

    min_value: int
    max_value: int


@dataclass(frozen=True, slots=True, kw_only=True)
class YesNo(Kind):
    """A question that tells "no" from "not answered"."""

    written: ClassVar[values.Kind | None] = values.Kind.YES_NO


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick(YesNo):
    """A box to tick; not ticked says nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(Kind):
    """One of a few answers: `radios`, `inline` radios side by side, or a `list`."""

    choices: Choices
    control: str = "radios"

    @property
    def answers(self) -> Choices:
        return self.choices


@dataclass(frozen=True, slots=True, kw_only=True)
class Several(Kind):
    """Any number of answers out of a few; with `first`, out of many, of which these are asked first."""

    choices: Choices
    first: tuple[str, ...] = ()

    @property
    def answers(self) -> Choices:
        return self.choices


@dataclass(frozen=True, slots=True, kw_only=True)
class Country(Kind):
    """A country by its ISO 3166-1 alpha-3 code."""

    written: ClassVar[values.Kind | None] = values.Kind.COUNTRY

    def listed(self) -> list[tuple[str, str]]:
        """The codes to choose from, with their names in the reader's language."""
        return countries()


@dataclass(frozen=True, slots=True, kw_only=True)
class Citizenship(Country):
    """A country other than Armenia, or what passports say of people without one."""

    def listed(self) -> list[tuple[str, str]]:
        return citizenships()


@dataclass(frozen=True, slots=True, kw_only=True)
class Occupation(Kind):
    """An occupation by its ISCO-08 unit group."""

    written: ClassVar[values.Kind | None] = values.Kind.OCCUPATION
