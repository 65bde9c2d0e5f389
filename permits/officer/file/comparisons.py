"""Compares what the employer typed with the machine-readable zone of the passport."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from permits.submissions.records import WorkerRecord
from wpis.crypto.blind_index import normalise_identifier
from wpis.documents.mrz import MRZ, InvalidMRZ, parse
from wpis.documents.names import normalise
from wpis.formatting.days import day

CLOSE = 85
"""Names at least this alike (of 100) differ as transliterations do: MUELLER and Müller."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands beside a value: the kind of its tag, and the words."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Marks by field of the worker, and why there are none."""

    marks: dict[str, Mark]
    remark: str = ""


def compare(worker: WorkerRecord, zone: str | None, today: date) -> Comparison:
    """Set the filed values beside those of the zone; the document in the picture still has the last word."""
    if not zone:
        return Comparison(
            {}, _("No machine-readable zone was given. Compare with the picture of the passport.")
        )
    try:
        mrz = parse(zone, today)
    except InvalidMRZ as invalid:
        return Comparison({}, str(invalid.message))
    number = normalise_identifier(worker.passport_number) == normalise_identifier(mrz.number)
    return Comparison(
        {
            "surname": _name(worker.surname, mrz.surname, mrz),
            "given_names": _name(worker.given_names, mrz.given_names, mrz),
            "birth_date": _date(worker.birth_date, mrz.birth_date),
            "passport_expires_on": _date(worker.passport_expires_on, mrz.expiry_date),
            "passport_number": _same() if number else Mark("warn", _("another number in the passport zone")),
        }
    )


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
