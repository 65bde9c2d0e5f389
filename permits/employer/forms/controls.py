"""The form field of each kind of answer: what the employer types into."""

from decimal import Decimal
from functools import singledispatch
from typing import Any

from django import forms

from permits.employer.forms.long_select import LongSelect, with_blank
from permits.employer.forms.occupation import OccupationField
from permits.parts import kinds
from permits.parts.declaration import Field, Part
from permits.parts.kinds import Kind
from wpis.formatting.numbers import decimal
from wpis.ui.fields import AddressField, DateField, MoneyField, PartialDateField, SeveralField, YesNoField
from wpis.ui.widgets import CommonAndOther, Radios, Select, TextArea


def form_fields(part: Part) -> dict[str, forms.Field]:
    """Every field of a part as a form asks it, in their order."""
    return {field.name: form_field(field) for field in part.fields}


def form_field(field: Field) -> forms.Field:
    """One field, with its question and hint."""
    return control(field.kind, label=field.label, help_text=field.help)


class HoursField(forms.DecimalField):
    """Hours with at most one place after the comma or point."""

    def to_python(self, value: Any) -> Any:
        """Read "37,5" and "37.5" alike."""
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)

    def prepare_value(self, value: Any) -> Any:
        """Show 40, not 40.0; invalid input is shown unchanged."""
        return decimal(value) if isinstance(value, Decimal) else value


@singledispatch
def control(kind: Kind, **words: Any) -> forms.Field:
    """The form field of a kind; raises TypeError for a kind that has none."""
    raise TypeError(f"{kind} has no form field")


@control.register(kinds.Text)
@control.register(kinds.Phone)
@control.register(kinds.PassportNumber)
@control.register(kinds.TaxNumber)
@control.register(kinds.Account)
def _cleaned(
    kind: kinds.Text | kinds.Phone | kinds.PassportNumber | kinds.TaxNumber | kinds.Account, **words: Any
) -> forms.Field:
    return kind.cleaner(**words)


@control.register
def _email(kind: kinds.Email, **words: Any) -> forms.Field:
    return AddressField(**words)


@control.register
def _passport_lines(kind: kinds.PassportLines, **words: Any) -> forms.Field:
    box = TextArea(attrs={"rows": 4, "spellcheck": "false", "autocomplete": "off"})
    return forms.CharField(max_length=kind.max_length, widget=box, **words)


@control.register
def _day(kind: kinds.Day, **words: Any) -> forms.Field:
    return DateField(validators=[kind.validate], **words)


@control.register
def _partial_day(kind: kinds.PartialDay, **words: Any) -> forms.Field:
    return PartialDateField(validators=[kind.validate], **words)


@control.register
def _money(kind: kinds.Money, **words: Any) -> forms.Field:
    return MoneyField(max_value=kind.max_value, **words)


@control.register
def _number(kind: kinds.Number, **words: Any) -> forms.Field:
    field = forms.IntegerField(min_value=kind.min_value, max_value=kind.max_value, **words)
    return _short(field, kind.keys)


@control.register
def _hours(kind: kinds.Hours, **words: Any) -> forms.Field:
    limits: dict[str, Any] = {"min_value": kind.min_value, "max_value": kind.max_value}
    return _short(HoursField(max_digits=4, decimal_places=1, **limits, **words), "decimal")


@control.register
def _yes_no(kind: kinds.YesNo, **words: Any) -> forms.Field:
    return YesNoField(**words)


@control.register
def _tick(kind: kinds.Tick, **words: Any) -> forms.Field:
    return forms.BooleanField(**words)


@control.register
def _choice(kind: kinds.Choice, **words: Any) -> forms.Field:
    if kind.control == "list":
        return forms.ChoiceField(choices=[("", ""), *kind.choices], widget=Select, **words)
    return forms.ChoiceField(choices=kind.choices, widget=Radios(inline=kind.control == "inline"), **words)


@control.register
def _several(kind: kinds.Several, **words: Any) -> forms.Field:
    if kind.first:
        words["widget"] = CommonAndOther(common=kind.first)
    return SeveralField(choices=kind.choices, **words)


@control.register
def _country(kind: kinds.Country, **words: Any) -> forms.Field:
    return forms.ChoiceField(choices=with_blank(kind.listed), widget=LongSelect, **words)


@control.register
def _occupation(kind: kinds.Occupation, **words: Any) -> forms.Field:
    return OccupationField(max_length=200, **words)


def _short(field: forms.Field, keys: str) -> forms.Field:
    """A box for a few digits; a telephone shows the keys that are needed."""
    if keys == "decimal":
        field.widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        field.width = 4  # type: ignore[attr-defined]  # read by the renderer
    else:
        field.widget = forms.TextInput(attrs={"inputmode": keys, "class": "w4"})
    return field
