"""A submission as plain data: its parts as `permits.parts` declares them, and how JSON becomes that again."""

from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from functools import cache, partial
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints
from uuid import UUID

from permits.parts.employer import EmployerRecord
from permits.parts.housing import HousingRecord
from permits.parts.recruitment import RecruitmentRecord
from permits.parts.terms import TermsRecord
from permits.parts.worker import WorkerRecord
from wpis.dates.partial import PartialDate

__all__ = [
    "EmployerRecord",
    "HousingRecord",
    "RecruitmentRecord",
    "SubmissionRecord",
    "TermsRecord",
    "WorkerRecord",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmissionRecord:
    """One submission, whole: what the employer declared at that moment."""

    submission: UUID
    application: UUID
    number: int
    reference: str
    submitted_at: datetime
    employer: EmployerRecord
    worker: WorkerRecord
    terms: TermsRecord
    housing: HousingRecord
    recruitment: RecruitmentRecord

    def as_dict(self) -> dict[str, Any]:
        """The record as JSON-ready data (dates as ISO text when encoded)."""
        return as_dict(self)


def as_dict(record: Any) -> dict[str, Any]:
    """A record and its parts as dictionaries; `dataclasses.asdict` would copy each value deeply."""
    values = ((name, getattr(record, name)) for name in record.__dataclass_fields__)
    return {name: as_dict(value) if _is_record(type(value)) else value for name, value in values}


def _is_record(kind: Any) -> bool:
    """Whether it is a part, and not one value that a text of the snapshot stands for."""
    return is_dataclass(kind) and kind not in _READ


def since(attribute: Any) -> int:
    """The version of the snapshot that first held this attribute of a record."""
    declaration = attribute.metadata.get("field")
    found: int = declaration.since if declaration else attribute.metadata.get("since", 1)
    return found


Reader = Callable[[Any], Any]


def build(record: Any, data: dict[str, Any], written: int) -> Any:
    """A record out of JSON data that was written in version `written`: what that version did not hold is None.

    Raises KeyError or ValueError when the data do not have the shape of that version.
    """
    known, added = _readers(record, written)
    values = {name: read(data[name]) for name, read in known}
    for name, read in added:
        values[name] = None if data.get(name) is None else read(data[name])
    return record(**values)


@cache
def _readers(
    record: type[Any], written: int
) -> tuple[tuple[tuple[str, Reader], ...], tuple[tuple[str, Reader], ...]]:
    """(attributes that were there, attributes that came later), each with what reads it; found once a version."""
    kinds = get_type_hints(record)
    attributes = [(attribute, _reader(kinds[attribute.name], written)) for attribute in fields(record)]
    return (
        tuple((each.name, read) for each, read in attributes if since(each) <= written),
        tuple((each.name, read) for each, read in attributes if since(each) > written),
    )


def _same(value: Any) -> Any:
    return value


def _reader(kind: Any, written: int) -> Reader:
    """How JSON values become the type that an attribute declares; None stays None."""
    if _is_record(kind):
        return partial(_built, kind, written)
    options = [option for option in get_args(kind) if option is not NoneType]
    wanted = options[0] if NoneType in get_args(kind) else kind
    read = _READ.get(get_origin(wanted) or wanted, _same)
    return read if read is _same else lambda value: None if value is None else read(value)


def _built(record: Any, written: int, data: dict[str, Any]) -> Any:
    return build(record, data, written)


_READ: dict[Any, Reader] = {
    tuple: tuple,
    UUID: UUID,
    datetime: datetime.fromisoformat,
    date: date.fromisoformat,
    PartialDate: PartialDate.parse,
    float: float,
}
