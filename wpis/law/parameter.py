"""One parameter of the law: its values over time, each with the provision it rests on."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType

from wpis.law.errors import InvalidLaw, NotInForce
from wpis.law.reading import Confidence, Section, Words, read_mapping
from wpis.law.units import UNITS, Value


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
    description: Words
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


def read_parameters(folder: Path) -> Mapping[str, Parameter]:
    """All parameters of a folder, by name; raises InvalidLaw for the first malformed file."""
    files = sorted(folder.glob("*.yaml"))
    if not files:
        raise InvalidLaw(f"{folder}: no parameter files")
    return MappingProxyType({file.stem: read_parameter(file) for file in files})


def read_parameter(file: Path) -> Parameter:
    """One parameter file, checked; raises InvalidLaw."""
    if not file.stem.isidentifier():
        raise InvalidLaw(f"{file.name}: the file name must be the parameter's name, in small letters and _")
    content = read_mapping(file)
    content.only(("description", "unit", "choices", "values"))
    unit = content.text("unit")
    if unit not in UNITS:
        raise content.fault(f"unknown unit '{unit}'; known are {', '.join(UNITS)}")
    choices = _choices(content, unit)
    values = tuple(_value(entry, unit, choices) for entry in content.sections("values"))
    if not values:
        raise content.fault("'values' is empty")
    days = [entry.since for entry in values]
    if days != sorted(set(days)):
        raise content.fault("'values' must go from the oldest to the newest day, each day once")
    return Parameter(name=file.stem, description=content.words("description"), unit=unit, values=values)


def _choices(content: Section, unit: str) -> list[object]:
    if unit not in ("code", "codes"):
        if content.has("choices"):
            raise content.fault(f"'choices' has no meaning for the unit '{unit}'")
        return []
    return content.entries("choices")


def _value(entry: Section, unit: str, choices: list[object]) -> DatedValue:
    entry.only(("from", "value", "reference", "confidence", "note"))
    return DatedValue(
        since=entry.day("from"),
        value=_fitting(entry, unit, choices),
        reference=entry.text("reference"),
        confidence=entry.confidence(),
        note=entry.text("note", default=""),
    )


def _fitting(entry: Section, unit: str, choices: list[object]) -> Value | None:
    raw = entry.raw("value")
    if raw is None:
        return None
    try:
        value = UNITS[unit](raw)
    except ValueError as expected:
        raise entry.fault(f"'value' must be {expected} (unit {unit}), found {raw!r}") from None
    for code in raw if isinstance(raw, list) else [raw]:
        if choices and code not in choices:
            raise entry.fault(f"'value' {code!r} is not among the choices")
    return value
