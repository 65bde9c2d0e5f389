"""Slips of copying a passport's two lines that can be mended: every mending is named, and check digits must prove it.

A letter of a name is never mended: no check digit covers it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from wpis.languages.signs import latin_twin, upper_latin

SIZE = 44
DIGITS = {*range(13, 20), *range(21, 28), 9, 43}
"""Places of the second line, counted from 0, that hold digits alone: dates and check digits."""
LETTERS_FOR_DIGITS = dict(zip("OQDILZSGB", "000112568", strict=True))
CHECKED = {*range(10), *range(13, 44)}
"""Places of the second line that a check digit covers, or that can be only one letter."""
SEX = 20

_NAMES = re.compile("[A-Z]+(<[A-Z]+)*(<<<?)[A-Z]+(<[A-Z]+)*<<+")
"""Surname and given names, told apart by the only run of fillers between them, and fillers at the end."""


@dataclass(frozen=True, slots=True)
class Repair:
    """What stood at a character, counted from 1, of a line, and what was read; an empty text is a missing sign."""

    line: int
    place: int
    copied: str
    read: str


Candidate = tuple[list[str], tuple[Repair, ...]]


def candidates(rows: list[str]) -> Iterator[Candidate]:
    """The lines that may be meant, with what was mended; none of them is verified."""
    if [len(row) for row in rows] == [2 * SIZE]:  # a single-line input field drops the line breaks
        rows = [rows[0][:SIZE], rows[0][SIZE:]]
    if len(rows) != 2:
        return
    first, second = rows
    for one, mended_one in _names_lines(_with_code(first), second):
        for two, mended_two in _right_length(second):
            read, signs = _signs(two)
            code = (Repair(1, 1, first[0], "P"),) if _with_code(first) != first else ()
            yield [upper_latin(one), upper_latin(read)], (*code, *mended_one, *mended_two, *signs)


def _with_code(row: str) -> str:
    """The line with P in front for a letter that looks like it: a passport's lines begin with no other."""
    return f"P{row[1:]}" if row and latin_twin(row[0]) == "P" else row


def _names_lines(row: str, second: str) -> Iterator[tuple[str, tuple[Repair, ...]]]:
    """The first line; one filler less where the two names are told apart and the country's code stands.

    None is added: what a line that is too short has lost may be a letter of a name.
    """
    if len(row) == SIZE:
        yield row, ()
    upper = row.upper() if row.isascii() else row
    names = _NAMES.fullmatch(upper[5:])
    # A sign lost or doubled before the names would shift the code of the country.
    if len(row) != SIZE + 1 or not names or not _same_country(upper, second):
        return
    place = 5 + names.end(2) - 1 if len(names[2]) == 3 else len(row) - 1
    yield row[:place] + row[place + 1 :], (Repair(1, place + 1, "<", ""),)


def _same_country(first: str, second: str) -> bool:
    code = first[2:5]
    return bool(re.fullmatch("[A-Z]<<|[A-Z]{3}", code)) and code in second.upper()[8:16]


def _right_length(row: str) -> Iterator[tuple[str, tuple[Repair, ...]]]:
    """The second line; one filler more or less in any of its runs of fillers."""
    if len(row) == SIZE:
        yield row, ()
    elif len(row) == SIZE - 1:
        for run in re.finditer("<+", row):
            yield row[: run.end()] + "<" + row[run.end() :], (Repair(2, run.end() + 1, "", "<"),)
    elif len(row) == SIZE + 1:
        for run in re.finditer("<+", row):
            yield row[: run.end() - 1] + row[run.end() :], (Repair(2, run.end(), "<", ""),)


def _signs(row: str) -> tuple[str, tuple[Repair, ...]]:
    """The second line with letters of other scripts as their twins, and digits where there can be nothing else."""
    read = [_sign(place, sign) for place, sign in enumerate(row)]
    repairs = [
        Repair(2, place + 1, sign, new)
        for place, (sign, new) in enumerate(zip(row, read, strict=True))
        if new != (sign.upper() if sign.isascii() else sign)
    ]
    return "".join(read), tuple(repairs)


def _sign(place: int, sign: str) -> str:
    new = sign.upper() if sign.isascii() else sign
    if place in CHECKED:
        new = latin_twin(new) or new
    if place == SEX and new == "X":
        return "<"
    return LETTERS_FOR_DIGITS.get(new, new) if place in DIGITS else new
