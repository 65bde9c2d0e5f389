"""Takes the snapshot of an application at the moment of filing, in the newest version, and its digest."""

import json
from collections.abc import Callable
from dataclasses import fields
from datetime import date, datetime
from functools import cache, partial
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints
from uuid import UUID

from permits.models.application import Application
from permits.parts.catalogue import SUBMITTED
from permits.submissions.canonical import canonical_text, digest_of
from permits.submissions.records import SubmissionRecord
from permits.submissions.versions import VERSION
from wpis.dates.partial import PartialDate


def take(application: Application, *, submission: UUID, number: int, at: datetime) -> SubmissionRecord:
    """Everything the employer declares, as one record. Raises ValueError unless the application is complete."""
    assert application.reference
    parts = {
        name: take_part(part.record, getattr(application, name), at.date())
        for name, part in SUBMITTED.items()
        if part.record
    }
    return SubmissionRecord(
        submission=submission,
        application=application.pk,
        number=number,
        reference=application.reference,
        submitted_at=at,
        **parts,
    )


def take_part(record: Any, row: Any, on: date) -> Any:
    """What one row says on the day of filing, as the record of its part."""
    return record(**{name: take_value(row, on) for name, take_value in _takers(record)})


def canonical(record: SubmissionRecord) -> tuple[dict[str, Any], str]:
    """The record as JSON data in the newest version, and the digest of their canonical text."""
    text = canonical_text({"schema": VERSION, **record.as_dict()})
    return json.loads(text), digest_of(text)


Taker = Callable[[Any, date], Any]


@cache
def _takers(record: Any) -> tuple[tuple[str, Taker], ...]:
    """How each attribute of a record is taken from its row; found once."""
    kinds = get_type_hints(record)
    return tuple(
        (each.name, each.metadata.get("derived") or partial(_column, each.name, kinds[each.name]))
        for each in fields(record)
    )


def _column(name: str, kind: Any, row: Any, on: date) -> Any:
    """The value of one column, in the type that the record declares. Raises ValueError when it must be there."""
    value = getattr(row, name)
    options = get_args(kind)
    if value is None:
        if NoneType not in options:
            raise ValueError(f"{name} is missing")
        return None
    wanted = (
        next((option for option in options if option is not NoneType), kind) if NoneType in options else kind
    )
    convert = _CONVERT.get(get_origin(wanted) or wanted)
    return convert(value) if convert else value


_CONVERT: dict[Any, Callable[[Any], Any]] = {tuple: tuple, float: float, PartialDate: PartialDate.of}
"""Types that a column holds in another one: lists and decimals; a row not yet read back holds a whole date."""
