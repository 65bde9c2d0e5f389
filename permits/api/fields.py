"""The field of each kind of answer for programs: it reads what the pages read, and refuses with the same words."""

from collections.abc import Container
from datetime import date
from functools import singledispatch
from typing import Any

from django import forms
from django.core.exceptions import ValidationError as Unreadable
from django.core.validators import EmailValidator
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from permits.parts import kinds
from permits.parts.declaration import Field
from permits.parts.kinds import Kind
from permits.parts.passport_lines import problem
from wpis.classifications.countries import citizenships, countries, country_of
from wpis.classifications.occupations import occupations
from wpis.dates.partial import PartialDate
from wpis.documents.mrz import InvalidMRZ, parse_passport, tidy
from wpis.languages.signs import clean_address, without_invisible
from wpis.ui.fields.address import validate_address
from wpis.ui.fields.lengths import LEAST, refuse_overlong


class LikeThePage(serializers.CharField):
    """Text that is cleaned by the form field of the pages, so that telephone numbers are stored in one format."""

    def __init__(self, cleaned_by: forms.Field, **kwargs: Any) -> None:
        self.cleaned_by = cleaned_by
        cleaned_by.required = False
        super().__init__(**kwargs)

    def to_internal_value(self, data: Any) -> str:
        """The cleaned text. Raises ValidationError with the page's message."""
        try:
            refuse_overlong(self.cleaned_by, data)
            return str(self.cleaned_by.clean(super().to_internal_value(data)))
        except Unreadable as error:
            raise serializers.ValidationError(list(error.messages)) from None


class Address(serializers.EmailField):
    """An e-mail address, cleaned as on the pages; one that mail cannot be sent to is refused."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.validators = [v for v in self.validators if not isinstance(v, EmailValidator)]
        self.validators.append(validate_address)

    def to_internal_value(self, data: Any) -> str:
        """The address without signs that nobody sees. Raises ValidationError for one that is far too long."""
        if isinstance(data, str) and len(data) > LEAST:
            self.fail("max_length", max_length=self.max_length)
        return clean_address(super().to_internal_value(data))


class PassportLines(serializers.CharField):
    """The machine-readable zone, lines divided by line breaks; its check digits must fit (ICAO Doc 9303)."""

    def to_internal_value(self, data: Any) -> str:
        """The lines as they are printed. Raises ValidationError whose code is the fault."""
        lines: str = super().to_internal_value(data)
        if lines:
            try:
                parse_passport(lines)
            except InvalidMRZ as error:
                raise serializers.ValidationError(problem(error, lines), code=error.fault) from None
        return tidy(lines) if lines else ""


class Day(serializers.DateField):
    """A date from 1900 to 2100, as on the pages, and one that its kind allows today."""

    def __init__(self, kind: kinds.Day, **kwargs: Any) -> None:
        self.kind = kind
        super().__init__(**kwargs)

    def to_internal_value(self, value: Any) -> date:
        """The date. Raises ValidationError when it is none, or not of these centuries."""
        day: date = super().to_internal_value(
            without_invisible(value).strip() if isinstance(value, str) else value
        )
        if not 1900 <= day.year <= 2100:
            raise serializers.ValidationError(_("Enter a year from 1900 to 2100."))
        try:
            self.kind.validate(day)
        except Unreadable as error:
            raise serializers.ValidationError(list(error.messages)) from None
        return day


@extend_schema_field({"type": "string", "pattern": r"^([0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?)?$"})
class PartialDay(serializers.CharField):
    """A date from 1900 to 2100, of which the day, or day and month, may be unknown."""

    def __init__(self, kind: kinds.Day, **kwargs: Any) -> None:
        self.kind = kind
        super().__init__(**kwargs)

    def to_internal_value(self, data: Any) -> PartialDate | None:  # type: ignore[override]  # more than its text
        """The date; None for an empty text. Raises ValidationError when it is none, or not of these centuries."""
        text = without_invisible(super().to_internal_value(data)).strip()
        if not text:
            return None
        try:
            found = PartialDate.parse(text)
        except ValueError:
            raise serializers.ValidationError(
                _("Enter a date as YYYY-MM-DD, or as YYYY-MM or YYYY when the passport does not give more.")
            ) from None
        if not 1900 <= found.year <= 2100:
            raise serializers.ValidationError(_("Enter a year from 1900 to 2100."))
        try:
            self.kind.validate(found)
        except Unreadable as error:
            raise serializers.ValidationError(list(error.messages)) from None
        return found


@extend_schema_field({"type": "string", "pattern": "^([A-Z]{3})?$", "description": "ISO 3166-1 alpha-3"})
class Country(serializers.CharField):
    """A country by its three-letter code."""

    def to_internal_value(self, data: Any) -> str:
        """The code under which we keep it. Raises ValidationError when no country has it."""
        code = country_of(super().to_internal_value(data))
        if code and code not in self.known():
            raise serializers.ValidationError(self.ask())
        return code

    def known(self) -> Container[str]:
        """The codes that are read."""
        return dict(countries())

    def ask(self) -> str:
        """What to enter instead."""
        return _("Enter a three-letter country code (ISO 3166-1).")


class Citizenship(Country):
    """A citizenship by its code in passports; that Armenia's needs no permit is said by the part's rule."""

    def known(self) -> Container[str]:
        return {*dict(countries()), *dict(citizenships())}

    def ask(self) -> str:
        return _("Enter a three-letter country code (ISO 3166-1), or XXA, XXB, XXC or XXX.")


@extend_schema_field({"type": "string", "pattern": "^([0-9]{4})?$", "description": "ISCO-08 unit group"})
class Occupation(serializers.CharField):
    """An occupation by its ISCO-08 unit group."""

    def to_internal_value(self, data: Any) -> str:
        """The code. Raises ValidationError when the classification does not have it."""
        code: str = super().to_internal_value(data)
        if code and code not in dict(occupations()):
            raise serializers.ValidationError(_("Enter the four digits of an ISCO-08 unit group."))
        return code


ProgramField = serializers.Field[Any, Any, Any, Any]


def field_for(field: Field) -> ProgramField:
    """One declared field for programs: it may be absent, null and empty."""
    made = program_field(field.kind, **({"help_text": field.program_help} if field.program_help else {}))
    made.required, made.allow_null = False, True
    if isinstance(made, serializers.CharField | serializers.ChoiceField):
        made.allow_blank = True
    return made


@singledispatch
def program_field(kind: Kind, **about: Any) -> ProgramField:
    """The serializer field of a kind; raises TypeError for a kind that has none."""
    raise TypeError(f"{kind} has no field for programs")


@program_field.register
def _text(kind: kinds.Text, **about: Any) -> ProgramField:
    if kind.validators or kind.printed:
        return LikeThePage(kind.cleaner(), max_length=kind.max_length, **about)
    return serializers.CharField(max_length=kind.max_length, **about)


@program_field.register(kinds.Name)
@program_field.register(kinds.Phone)
@program_field.register(kinds.PassportNumber)
@program_field.register(kinds.TaxNumber)
@program_field.register(kinds.Account)
def _cleaned(
    kind: kinds.Name | kinds.Phone | kinds.PassportNumber | kinds.TaxNumber | kinds.Account, **about: Any
) -> ProgramField:
    return LikeThePage(kind.cleaner(), **about)


@program_field.register
def _email(kind: kinds.Email, **about: Any) -> ProgramField:
    return Address(max_length=254, **about)


@program_field.register
def _passport_lines(kind: kinds.PassportLines, **about: Any) -> ProgramField:
    return PassportLines(max_length=kind.max_length, **about)


@program_field.register
def _day(kind: kinds.Day, **about: Any) -> ProgramField:
    return Day(kind, **about)


@program_field.register
def _partial_day(kind: kinds.PartialDay, **about: Any) -> ProgramField:
    return PartialDay(kind, **about)


@program_field.register
def _money(kind: kinds.Money, **about: Any) -> ProgramField:
    return serializers.IntegerField(min_value=0, max_value=kind.max_value, **about)


@program_field.register
def _number(kind: kinds.Number, **about: Any) -> ProgramField:
    return serializers.IntegerField(min_value=kind.min_value, max_value=kind.max_value, **about)


@program_field.register
def _hours(kind: kinds.Hours, **about: Any) -> ProgramField:
    limits: dict[str, Any] = {"min_value": kind.min_value, "max_value": kind.max_value}
    return serializers.DecimalField(max_digits=4, decimal_places=1, coerce_to_string=False, **limits, **about)


@program_field.register
def _yes_no(kind: kinds.YesNo, **about: Any) -> ProgramField:
    return serializers.BooleanField(**about)


@program_field.register
def _choice(kind: kinds.Choice, **about: Any) -> ProgramField:
    return serializers.ChoiceField(kind.choices, **about)


@program_field.register
def _several(kind: kinds.Several, **about: Any) -> ProgramField:
    return serializers.ListField(
        child=serializers.ChoiceField(kind.choices), max_length=len(kind.choices), **about
    )


@program_field.register
def _country(kind: kinds.Country, **about: Any) -> ProgramField:
    return Country(**about)


@program_field.register
def _citizenship(kind: kinds.Citizenship, **about: Any) -> ProgramField:
    return Citizenship(**about)


@program_field.register
def _occupation(kind: kinds.Occupation, **about: Any) -> ProgramField:
    return Occupation(**about)
