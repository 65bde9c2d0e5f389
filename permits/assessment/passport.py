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
from permits.parts.declaration import Field, Part
from permits.parts.kinds import Day, Kind, Name, PassportNumber
from permits.submissions.records import SubmissionRecord
from wpis.crypto.blind_index import normalise_identifier
from wpis.dates.partial import PartialDate
from wpis.documents.mrz import MRZ, InvalidMRZ, parse
from wpis.documents.names import normalise
from wpis.formatting.days import partial_day

CLOSE = 85
"""Names at least this alike (of 100) differ as transliterations do: MUELLER and Müller."""


@dataclass(frozen=True, slots=True)
class Mark:
    """The tag beside a value: its kind and its text."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Marks by part and field, and what to know of them or why there are none."""

    marks: Mapping[str, Mapping[str, Mark]] = dataclass_field(default_factory=lambda: defaultdict(dict))
    remark: str = ""


def compare(record: SubmissionRecord, zone: str | None, today: date) -> Comparison:
    """Compare the submitted values with the machine-readable zone; the image of the document remains decisive."""
    if not zone:
        return Comparison(remark=_("No passport lines were given. Compare with the picture of the passport."))
    try:
        mrz = parse(zone, today)
    except InvalidMRZ as invalid:
        return Comparison(remark=str(invalid.message))
    return Comparison(
        {name: part_marks(part, getattr(record, name), mrz) for name, part in SUBMITTED.items()},
        remark=_("The employer typed these passport lines. Compare them with the picture of the passport."),
    )


def part_marks(part: Part, record: Any, mrz: MRZ) -> dict[str, Mark]:
    """The marks of one part: of each field that its declaration sets beside the passport."""
    only = _only_name(record)
    return {
        field.name: _mark(field.kind, field.value(record), _printed(field, mrz, only), mrz)
        for field in part.fields
        if field.compared and not (only and isinstance(field.kind, Name) and not field.value(record))
    }


def _only_name(record: Any) -> bool:
    """Whether it is the part of a person who was filed with one name."""
    return bool(getattr(record, "one_name", False))


def _printed(field: Field, mrz: MRZ, only: bool) -> Any:
    """What the zone says beside a field: the whole name beside an only one, in whichever place it was put."""
    if only and isinstance(field.kind, Name):
        return f"{mrz.given_names} {mrz.surname}".strip()
    return getattr(mrz, field.passport)


def _mark(kind: Kind, typed: Any, printed: Any, mrz: MRZ) -> Mark:
    """How one value compares: numbers in one spelling, days exactly, names as transliterations differ."""
    if isinstance(kind, PassportNumber):
        same = normalise_identifier(typed) == normalise_identifier(printed)
        return _same() if same else Mark("warn", _("another number in the passport lines"))
    return _date(typed, printed) if isinstance(kind, Day) else _name(typed, printed, mrz)


def _name(typed: str, printed: str, mrz: MRZ) -> Mark:
    one, other = normalise(typed), normalise(printed)
    if one == other or (mrz.names_may_be_cut and other and one.startswith(other)):
        return _same()
    if fuzz.token_sort_ratio(one, other) >= CLOSE:
        return Mark("info", _("close to the passport lines: %(name)s") % {"name": printed})
    return Mark("warn", _("the passport lines say: %(name)s") % {"name": printed or _("nothing")})


def _date(typed: date | PartialDate, printed: date | PartialDate | None) -> Mark:
    if printed is None:
        return Mark("", _("not readable in the passport lines"))
    one, other = PartialDate.of(typed), PartialDate.of(printed)
    if one == other:
        return _same()
    kind = "warn" if one.contradicts(other) else "info"  # one of them may only say less
    return Mark(kind, _("the passport lines say: %(day)s") % {"day": partial_day(other)})


def _same() -> Mark:
    return Mark("ok", _("as in the typed passport lines"))
