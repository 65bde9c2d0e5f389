"""Fields that read what the pages read, with the same words when it cannot be read."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError as Unreadable
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from wpis.classifications.countries import countries
from wpis.classifications.occupations import occupations
from wpis.documents.mrz import InvalidMRZ, parse


class LikeThePage(serializers.CharField):
    """Text that a form field of the pages cleans: one spelling of telephone numbers everywhere."""

    def __init__(self, cleaned_by: forms.Field, **kwargs: Any) -> None:
        self.cleaned_by = cleaned_by
        cleaned_by.required = False
        super().__init__(**kwargs)

    def to_internal_value(self, data: Any) -> str:
        """The cleaned text. Raises ValidationError with the page's message."""
        try:
            return str(self.cleaned_by.clean(super().to_internal_value(data)))
        except Unreadable as error:
            raise serializers.ValidationError(list(error.messages)) from None


class PassportLines(serializers.CharField):
    """The machine-readable zone, lines divided by line breaks; its check digits must fit (ICAO Doc 9303)."""

    def to_internal_value(self, data: Any) -> str:
        """The lines. Raises ValidationError that names the failing check."""
        lines: str = super().to_internal_value(data)
        if lines:
            try:
                parse(lines)
            except InvalidMRZ as error:
                raise serializers.ValidationError(_(error.message), code=error.check) from None
        return lines


class Day(serializers.DateField):
    """A date from 1900 to 2100, as on the pages."""

    def to_internal_value(self, value: Any) -> date:
        """The date. Raises ValidationError when it is none, or not of these centuries."""
        day: date = super().to_internal_value(value)
        if not 1900 <= day.year <= 2100:
            raise serializers.ValidationError(_("Enter a year from 1900 to 2100."))
        return day


@extend_schema_field({"type": "string", "pattern": "^([A-Z]{3})?$", "description": "ISO 3166-1 alpha-3"})
class Country(serializers.CharField):
    """A country by its three-letter code."""

    def to_internal_value(self, data: Any) -> str:
        """The code. Raises ValidationError when no country has it."""
        code: str = super().to_internal_value(data)
        if code and code not in dict(countries()):
            raise serializers.ValidationError(_("Enter a three-letter country code (ISO 3166-1)."))
        return code


@extend_schema_field({"type": "string", "pattern": "^([0-9]{4})?$", "description": "ISCO-08 unit group"})
class Occupation(serializers.CharField):
    """An occupation by its ISCO-08 unit group."""

    def to_internal_value(self, data: Any) -> str:
        """The code. Raises ValidationError when the classification does not have it."""
        code: str = super().to_internal_value(data)
        if code and code not in dict(occupations()):
            raise serializers.ValidationError(_("Enter the four digits of an ISCO-08 unit group."))
        return code
