"""Slips of copying passport lines: what check digits prove is mended and named, all else is refused with its place."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.documents.test_mrz import ALPHABET, MRV_A, TD1, TD3, TODAY, put, with_check_digits
from wpis.documents.mrz import InvalidMRZ, Place, Repair, parse, read_copy

HERS = with_check_digits(
    ["P<INDSINGH<<RAJ<KUMAR".ljust(44, "<"), "Z1234567<0IND9103270M3001010" + "<" * 14 + "00"]
)
FIRST, SECOND = HERS
WHOLE = "\n".join(HERS)


def at(line: int, place: int, sign: str) -> str:
    """The lines with another sign at a character counted from 1."""
    return "\n".join(put(HERS, line - 1, place - 1, sign))


MENDED = {
    "a Cyrillic letter for P": (at(1, 1, "Р"), [Repair(1, 1, "Р", "P")]),
    "a small Cyrillic letter for P": (at(1, 1, "р"), [Repair(1, 1, "р", "P")]),
    "a Greek letter for P": (at(1, 1, "Ρ"), [Repair(1, 1, "Ρ", "P")]),
    "a Greek letter in the number": (at(2, 1, "Ζ"), [Repair(2, 1, "Ζ", "Z")]),
    "a Cyrillic sex": (at(2, 21, "М"), [Repair(2, 21, "М", "M")]),
    "O for 0 in the birth": (at(2, 16, "O"), [Repair(2, 16, "O", "0")]),
    "a Cyrillic О for 0 in the birth": (at(2, 16, "О"), [Repair(2, 16, "О", "0")]),
    "I for 1 in the birth": (at(2, 15, "I"), [Repair(2, 15, "I", "1")]),
    "O for 0 in the expiry": (at(2, 23, "O"), [Repair(2, 23, "O", "0")]),
    "X as sex": (at(2, 21, "X"), [Repair(2, 21, "X", "<")]),
    "a filler too many at the end of the names": (f"{FIRST}<\n{SECOND}", [Repair(1, 45, "<", "")]),
    "a filler too many between the names": (
        WHOLE.replace("SINGH<<", "SINGH<<<"),
        [Repair(1, 13, "<", "")],
    ),
    "a filler too few in the second line": (f"{FIRST}\n{SECOND[:30]}{SECOND[31:]}", [Repair(2, 42, "", "<")]),
    "a filler too many in the second line": (
        f"{FIRST}\n{SECOND[:30]}<{SECOND[30:]}",
        [Repair(2, 43, "<", "")],
    ),
    "a filler too many behind the number": (
        f"{FIRST}\n{SECOND.replace('7<', '7<<')}",
        [Repair(2, 10, "<", "")],
    ),
    "O for 0 in one line": (FIRST + put(HERS, 1, 15, "O")[1], [Repair(2, 16, "O", "0")]),
}


@pytest.mark.parametrize(("copied", "repairs"), MENDED.values(), ids=MENDED)
def test_what_check_digits_prove_is_mended_and_named(copied: str, repairs: list[Repair]) -> None:
    with pytest.raises(InvalidMRZ):
        parse(copied, today=TODAY)
    copy = read_copy(copied, TODAY)
    assert list(copy.repairs) == repairs
    expected = at(2, 21, "<") if "X" in repairs[0].copied else WHOLE
    assert copy.lines == expected
    assert copy.zone == parse(expected, today=TODAY)


@pytest.mark.parametrize("filler", ["&lt;", "&LT;", "&amp;lt;", "&#60;"])
def test_a_filler_from_the_source_of_a_page_is_one(filler: str) -> None:
    copy = read_copy(WHOLE.replace("<", filler), TODAY)
    assert (copy.lines, copy.repairs) == (WHOLE, ())


REFUSED: dict[str, tuple[str, str, Place | None]] = {
    "a letter missing in the surname": (
        WHOLE.replace("SINGH", "SIGH"),
        "length",
        Place(1, 1, 43, FIRST.replace("SINGH", "SIGH"), 44),
    ),
    "a filler missing at the end of the names": (
        f"{FIRST[:-1]}\n{SECOND}",
        "length",
        Place(1, 1, 43, FIRST[:-1], 44),
    ),
    "a letter of the country doubled": (
        WHOLE.replace("P<IND", "P<IIND"),
        "length",
        Place(1, 1, 45, FIRST.replace("P<IND", "P<IIND"), 44),
    ),
    "the filler behind P missing": (
        f"{FIRST.replace('P<', 'P')}\n{SECOND}",
        "length",
        Place(1, 1, 43, FIRST.replace("P<", "P"), 44),
    ),
    "the fillers between the names lost one": (
        f"{FIRST.replace('<<', '<', 1)}\n{SECOND}",
        "length",
        Place(1, 1, 43, FIRST.replace("<<", "<", 1), 44),
    ),
    "a third run of fillers": (
        WHOLE.replace("RAJ<KUMAR", "RAJ<<KUMAR"),
        "length",
        Place(1, 1, 45, FIRST.replace("RAJ<KUMAR", "RAJ<<KUMAR"), 44),
    ),
    "the end of the names cut off": (
        f"P<INDSINGH<<RAJ\n{SECOND}",
        "length",
        Place(1, 1, 15, "P<INDSINGH<<RAJ", 44),
    ),
    "a digit missing in the second line": (
        f"{FIRST}\n{SECOND[:3]}{SECOND[4:]}",
        "length",
        Place(2, 1, 43, SECOND[:3] + SECOND[4:], 44),
    ),
    "a Cyrillic letter in a name": (at(1, 6, "Ѕ"), "characters", Place(1, 6, 6, "Ѕ")),
    "a Cyrillic letter in the citizenship": (at(2, 12, "М"), "characters", Place(2, 12, 12, "М")),
    "a dotless i in a name": (at(1, 7, "ı"), "characters", Place(1, 7, 7, "ı")),
    "a digit in a name": (at(1, 7, "1"), "names", Place(1, 6, 44, "S1NGH<<RAJ<KUMAR".ljust(39, "<"))),
    "another digit in the number": (
        at(2, 8, "8"),
        "document_number",
        Place(2, 1, 10, SECOND[:7] + "8" + SECOND[8:10]),
    ),
    "S for 5 in the number": (
        at(2, 6, "S"),
        "document_number",
        Place(2, 1, 10, SECOND[:5] + "S" + SECOND[6:10]),
    ),
    "another day of birth": (
        at(2, 19, "8"),
        "birth_date",
        Place(2, 14, 20, SECOND[13:18] + "8" + SECOND[19]),
    ),
    "another last digit": (at(2, 44, "3" if SECOND[-1] != "3" else "4"), "composite", None),
    "a visa": ("\n".join(MRV_A), "visa", None),
    "a card with a slip": ("\n".join(TD1)[:-1], "length", Place(3, 1, 29, TD1[2][:-1], 30)),
}


@pytest.mark.parametrize(("copied", "fault", "place"), REFUSED.values(), ids=REFUSED)
def test_what_is_not_certain_is_refused_with_its_place(copied: str, fault: str, place: Place | None) -> None:
    with pytest.raises(InvalidMRZ) as caught:
        read_copy(copied, TODAY)
    assert (caught.value.fault, caught.value.place) == (fault, place)


@pytest.mark.parametrize(
    "cut", [lambda text: text[:-1], lambda text: text[1:], lambda text: text.replace("RAJ", "RJ")]
)
def test_no_letter_or_digit_is_made_up(cut: Callable[[str], str]) -> None:
    for lines in (WHOLE, "\n".join(TD3)):
        try:
            copy = read_copy(cut(lines), TODAY)
        except InvalidMRZ:
            continue
        assert copy.lines.replace("<", "") == cut(lines).replace("<", "")


@given(st.integers(0, 43), st.sampled_from(ALPHABET))
def test_another_sign_in_the_second_line_is_named_or_refused_or_unseen_by_the_check_digits(
    place: int, sign: str
) -> None:
    changed = "\n".join(put(HERS, 1, place, sign))
    try:
        copy = read_copy(changed, TODAY)
    except InvalidMRZ:
        return
    assert copy.repairs or copy.lines == changed
    if copy.repairs and sign != "X":
        assert copy.lines == WHOLE


def test_lines_as_printed_are_not_mended() -> None:
    assert read_copy("\n".join(TD3), TODAY).repairs == ()
