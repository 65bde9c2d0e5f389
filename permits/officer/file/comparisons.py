"""Compares the employer's answers with the machine-readable zone of the passport."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from permits.parts.catalogue import SUBMITTED
from permits.parts.declaration import Part
from permits.parts.kinds import Day, Kind, PassportNumber
from permits.submissions.records import SubmissionRecord
from wpis.crypto.blind_index import normalise_identifier
from wpis.documents.mrz import MRZ, InvalidMRZ, parse
from wpis.documents.names import normalise
from wpis.formatting.days import day

CLOSE = 85
"""Names at least this alike (of 100) differ as transliterations do: MUELLER and Müller."""


@dataclass(frozen=True, slots=True)
class Mark:
    """The tag beside a value: its kind and its text."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Marks by part and field, and why there are none."""

    marks: Mapping[str, Mapping[str, Mark]] = dataclass_field(default_factory=lambda: defaultdict(dict))
    remark: str = ""


def compare(record: SubmissionRecord, zone: str | None, today: date) -> Comparison:
    """Compare the submitted values with the machine-readable zone; the image of the document remains decisive."""
    if not zone:
        return Comparison(
            remark=_("No machine-readable zone was given. Compare with the picture of the passport.")
        )
    try:
        mrz = parse(zone, today)
    except InvalidMRZ as invalid:
        return Comparison(remark=str(invalid.message))
    return Comparison(
        {name: part_marks(part, getattr(record, name), mrz) for name, part in SUBMITTED.items()}
    )


def part_marks(part: Part, record: Any, mrz: MRZ) -> dict[str, Mark]:
    """The marks of one part: of each field that its declaration sets beside the passport."""
    return {
        field.name: _mark(field.kind, field.value(record), getattr(mrz, field.passport), mrz)
        for field in part.fields
        if field.compared
    }


def _mark(kind: Kind, typed: Any, printed: Any, mrz: MRZ) -> Mark:
    """How one value compares: numbers in one spelling, days exactly, names as transliterations differ."""
    if isinstance(kind, PassportNumber):
        same = normalise_identifier(typed) == normalise_identifier(printed)
        return _same() if same else Mark("warn", _("another number in the passport zone"))
    return _date(typed, printed) if isinstance(kind, Day) else _name(typed, printed, mrz)


def _name(typed: str, printed: str, mrz: MRZ) -> Mark:
    one, other = normalise(typed), normalise(printed)
    if one == other or (mrz.names_may_be_cut and other and one.startswith(other)):
        return _same()
    if fuzz.token_sort_ratio(one, other) >= CLOSE:
        return Mark("info", _("close to the passport zone: %(name)s") % {"name": printed})
    return Mark("warn", _("the passport zone says: %(name)s") % {"name": printed or _("nothing")})


def _date(typed: date, printed: date | None) -> Mark:
    if printed is None:
        return Mark("", _("not readable in the passport zone"))
    if typed == printed:
        return _same()
    return Mark("warn", _("the passport zone says: %(day)s") % {"day": day(printed)})


def _same() -> Mark:
    return Mark("ok", _("as in the passport zone"))
