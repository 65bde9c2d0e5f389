"""One parameter of the law: its values over time, each with the provision it rests on."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType

from pydantic import Field

from wpis.languages.translated import ArmenianEnglish, TranslatedText
from wpis.law.confidence import Confidence
from wpis.law.errors import NotInForce
from wpis.law.units import UNITS, Value
from wpis.strict_yaml import Document, Entry, InvalidFile, Many, Text, Word


@dataclass(frozen=True, slots=True)
class DatedValue:
    """A value and the first day it holds; `value` None means that the parameter ends that day."""

    since: date
    value: Value | None
    reference: str
    confidence: Confidence
    note: str


@dataclass(frozen=True, slots=True)
class Parameter:
    """A named parameter; `values` are in the order of their days."""

    name: str
    description: TranslatedText
    unit: str
    values: tuple[DatedValue, ...]

    def on(self, day: date) -> DatedValue:
        """The entry that holds on `day`; raises NotInForce before the first and after an end."""
        place = bisect_right(self.values, day, key=lambda entry: entry.since)
        if place == 0:
            raise NotInForce(self.name, day, f"the first value holds from {self.values[0].since}")
        entry = self.values[place - 1]
        if entry.value is None:
            raise NotInForce(self.name, day, f"it ended on {entry.since} ({entry.reference})")
        return entry


class _ValueEntry(Entry):
    since: date = Field(alias="from")
    value: object
    reference: Text
    confidence: Word[Confidence]
    note: Text = ""


class _ParameterFile(Entry):
    description: ArmenianEnglish
    unit: Text
    choices: Many[Text] | None = None
    values: Many[_ValueEntry]


def read_parameters(folder: Path) -> Mapping[str, Parameter]:
    """All parameters of a folder, by name; raises InvalidFile for the first malformed file."""
    files = sorted(folder.glob("*.yaml"))
    if not files:
        raise InvalidFile(f"{folder}: no parameter files")
    return MappingProxyType({file.stem: read_parameter(file) for file in files})


def read_parameter(file: Path) -> Parameter:
    """One parameter file, validated; raises InvalidFile."""
    if not file.stem.isidentifier():
        raise InvalidFile(f"{file.name}: the file name must be the parameter's name, in small letters and _")
    document = Document(file)
    written = document.read_as(_ParameterFile)
    if written.unit not in UNITS:
        raise document.fault(f"unknown unit '{written.unit}'; known are {', '.join(UNITS)}")
    _validate_choices(document, written)
    if not written.values:
        raise document.fault("is empty", "values")
    days = [entry.since for entry in written.values]
    if days != sorted(set(days)):
        raise document.fault("must go from the oldest to the newest day, each day once", "values")
    values = tuple(_value(document, written, number) for number in range(len(written.values)))
    return Parameter(name=file.stem, description=written.description, unit=written.unit, values=values)


def _validate_choices(document: Document, written: _ParameterFile) -> None:
    if written.unit in ("code", "codes"):
        if written.choices is None:
            raise document.fault("'choices' is missing")
    elif written.choices is not None:
        raise document.fault(f"has no meaning for the unit '{written.unit}'", "choices")


def _value(document: Document, written: _ParameterFile, number: int) -> DatedValue:
    entry = written.values[number]
    return DatedValue(
        since=entry.since,
        value=_fitting(document, written, number),
        reference=entry.reference,
        confidence=entry.confidence,
        note=entry.note,
    )


def _fitting(document: Document, written: _ParameterFile, number: int) -> Value | None:
    raw = written.values[number].value
    if raw is None:
        return None
    place = ("values", number, "value")
    try:
        value = UNITS[written.unit](raw)
    except ValueError as expected:
        raise document.fault(f"must be {expected} (unit {written.unit}), found {raw!r}", *place) from None
    for code in raw if isinstance(raw, list) else [raw]:
        if written.choices and code not in written.choices:
            raise document.fault(f"{code!r} is not among the choices", *place)
    return value
