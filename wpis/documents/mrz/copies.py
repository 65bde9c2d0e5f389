"""Reads the lines of a passport as they were copied: a slip that check digits prove is mended and named."""

from dataclasses import dataclass
from datetime import date

from wpis.documents.mrz.faults import InvalidMRZ, Place
from wpis.documents.mrz.layouts import parse_passport
from wpis.documents.mrz.repairs import Repair, candidates
from wpis.documents.mrz.rows import LAYOUTS, copied_rows, tidy
from wpis.documents.mrz.zone import MRZ

PLACES = {
    "document_code": (1, 1, 1),
    "issuer": (1, 3, 5),
    "names": (1, 6, 44),
    "document_number": (2, 1, 10),
    "nationality": (2, 11, 13),
    "birth_date": (2, 14, 20),
    "sex": (2, 21, 21),
    "expiry_date": (2, 22, 28),
    "personal_number": (2, 29, 43),
}
"""Fault -> line, first and last character in a passport (TD3)."""


@dataclass(frozen=True, slots=True)
class Copy:
    """Lines that are valid, what they say, and what had to be mended for it."""

    lines: str
    zone: MRZ
    repairs: tuple[Repair, ...] = ()


def read_copy(lines: str, today: date | None = None) -> Copy:
    """The lines as copied, or with the only mending that makes all their check digits fit.

    Raises:
        InvalidMRZ: they are wrong, and what is meant is not certain; says where, if one can.
    """
    try:
        return Copy(tidy(lines), parse_passport(lines, today))
    except InvalidMRZ as error:
        found = {} if error.fault == "visa" else _mended(lines, today)
        if len(found) == 1:
            return next(iter(found.values()))
        raise located(error, lines) from None


def located(error: InvalidMRZ, lines: str) -> InvalidMRZ:
    """The error, with its place where that can be told."""
    rows = copied_rows(lines)
    if error.fault == "length":
        error.place = _wrong_length(rows)
    elif error.fault == "characters":
        error.place = next(
            (
                Place(line, place, place, sign)
                for line, row in enumerate(rows, 1)
                for place, sign in enumerate(row, 1)
                if not (sign == "<" or (sign.isascii() and sign.isalnum()))
            ),
            None,
        )
    elif error.fault in PLACES and [len(row) for row in rows] == [44, 44]:
        line, first, last = PLACES[error.fault]
        error.place = Place(line, first, last, rows[line - 1][first - 1 : last].upper())
    return error


def _mended(lines: str, today: date | None) -> dict[str, Copy]:
    """By their lines, the copies that can be meant."""
    found: dict[str, Copy] = {}
    for rows, repairs in candidates(copied_rows(lines)):
        mended = "\n".join(rows)
        if mended in found:
            continue
        try:
            found[mended] = Copy(mended, parse_passport(rows, today), repairs)
        except InvalidMRZ:
            continue
    return found


def _wrong_length(rows: list[str]) -> Place | None:
    sizes = [size for lines, size in LAYOUTS if lines == len(rows)]
    if not sizes:
        return None
    size = min(
        sizes,
        key=lambda size: (sum(len(row) != size for row in rows), sum(abs(len(row) - size) for row in rows)),
    )
    wrong = [(line, row) for line, row in enumerate(rows, 1) if len(row) != size]
    return Place(wrong[0][0], 1, len(wrong[0][1]), wrong[0][1], needed=size) if wrong else None
