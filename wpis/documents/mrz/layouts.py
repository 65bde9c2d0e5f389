"""Reads a machine-readable zone by the layout of its document."""

import re
from collections.abc import Sequence
from datetime import date

from wpis import clock
from wpis.documents.mrz.dates import birth_date, birth_year, expiry_date, unknown_as_fillers
from wpis.documents.mrz.digits import check_digit
from wpis.documents.mrz.faults import require
from wpis.documents.mrz.rows import rows_of
from wpis.documents.mrz.zone import MRZ, plain

VISAS = {"TD2": "MRV-B", "TD3": "MRV-A"}
NAMES = "[A-Z][A-Z<]*|<+[A-Z]+(<[A-Z]+)*<*"
"""Surname and given names; a filler in front where there is one name only, as some states print it."""
FIRST_LETTERS = {"TD1": "ACI", "TD2": "ACI", "TD3": "P", "MRV-A": "V", "MRV-B": "V"}


def parse(lines: str | Sequence[str], today: date | None = None) -> MRZ:
    """Read and verify a zone; raises InvalidMRZ with the first fault.

    `lines` may be a text with line breaks, or the lines joined to one; small letters, spaces, invisible signs and
    what looks like a filler are forgiven. `today` (default: the day in Yerevan) settles the century: nobody is born in
    the future, and of the possible expiry years the one nearest to today is meant.
    """
    rows, layout = rows_of(lines)
    today = today or clock.today()
    if layout == "TD1":
        return _parse_td1(rows, today)
    if rows[0][0] == "V":
        layout = VISAS[layout]
    return _parse_two_lines(rows, layout, today)


def parse_passport(lines: str | Sequence[str], today: date | None = None) -> MRZ:
    """Read the lines of the document that a person travels on; those of a visa in it are refused before all else.

    Raises:
        InvalidMRZ: as `parse` does, and for a visa, whose number and expiry are not the passport's.
    """
    rows, _layout = rows_of(lines)
    require(not rows[0].startswith("V"), "visa")
    return parse(rows, today)


def _parse_td1(rows: list[str], today: date) -> MRZ:
    first, second, third = rows
    number, optional = _number(first[5:14], first[14], first[15:30])
    return _document(
        layout="TD1",
        head=first[:5],
        names=third,
        number=number,
        nationality=second[15:18],
        dates_and_sex=second[:15],
        optional=optional,
        optional_2=second[18:29],
        composite=(first[5:30] + second[0:7] + second[8:15] + second[18:29], second[29]),
        today=today,
    )


def _parse_two_lines(rows: list[str], layout: str, today: date) -> MRZ:
    first, second = rows
    optional, personal, composite = second[28:], "", None
    if layout == "TD3":
        optional, personal = "", second[28:43]
    if layout == "TD2":
        number, optional = _number(second[:9], second[9], second[28:35])
    else:
        number, _unused = _number(second[:9], second[9], "")
    if layout in ("TD2", "TD3"):
        composite = (second[0:10] + second[13:20] + second[21:-1], second[-1])
    return _document(
        layout=layout,
        head=first[:5],
        names=first[5:],
        number=number,
        nationality=second[10:13],
        dates_and_sex=second[13:28],
        optional=optional,
        personal=personal,
        composite=composite,
        today=today,
    )


def _document(
    *,
    layout: str,
    head: str,
    names: str,
    number: str,
    nationality: str,
    dates_and_sex: str,
    optional: str,
    composite: tuple[str, str] | None,
    today: date,
    optional_2: str = "",
    personal: str = "",
) -> MRZ:
    """Checks that all layouts share, in the order a person reads the document."""
    birth, birth_check, sex, expiry, expiry_check = re.findall(r"(.{6})(.)(.)(.{6})(.)", dates_and_sex)[0]
    require(re.fullmatch("[A-Z][A-Z<]", head[:2]) and head[0] in FIRST_LETTERS[layout], "document_code")
    require(re.fullmatch("[A-Z][A-Z]*<*", head[2:]), "issuer")
    require(re.fullmatch(NAMES, names), "names")
    require(number, "document_number")
    require(re.fullmatch("[A-Z][A-Z]*<*", nationality), "nationality")
    birth = unknown_as_fillers(birth)
    born = birth_date(birth, birth_check, today)
    require(sex in "MF<", "sex")
    expires = expiry_date(expiry, expiry_check, today)
    if personal:
        digit, personal = personal[14], personal[:14]
        unused = not personal.strip("<") and digit == "<"
        require(unused or check_digit(personal) == digit, "personal_number")
    if composite:
        require(check_digit(composite[0]) == composite[1], "composite")
    surname, _sep, given = names.partition("<<")
    return MRZ(
        format=layout,
        document_code=plain(head[:2]),
        issuer=plain(head[2:]),
        surname=plain(surname),
        given_names=plain(given),
        number=number,
        nationality=plain(nationality),
        birth=birth,
        birth_year=born.year if born else birth_year(birth, today),
        birth_date=born,
        sex="X" if sex == "<" else sex,
        expiry=expiry,
        expiry_date=expires,
        personal_number=plain(personal),
        optional_data=plain(optional),
        optional_data_2=plain(optional_2),
        names_may_be_cut=not names.endswith("<"),
    )


def _number(field: str, digit: str, optional: str) -> tuple[str, str]:
    """The verified number and what is left of the optional data.

    A number of more than nine characters has `<` in place of its check digit and goes on in the optional
    data, up to the next filler; the last character there is the check digit (Doc 9303-5 and 9303-6).
    """
    rest = optional
    if digit == "<" and optional.strip("<"):
        overflow, _sep, rest = optional.partition("<")
        field, digit = field + overflow[:-1], overflow[-1:]
        require(len(field) > 9, "document_number")
    require(field.strip("<") and check_digit(field) == digit, "document_number")
    return plain(field), rest
