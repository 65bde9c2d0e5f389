"""The machine-readable zone as people copy it, and of people whose passports say less than others'."""

from datetime import date
from typing import Any

import pytest

from tests.documents.test_mrz import SPECIMENS, TD1, TD3, TODAY, put, with_check_digits
from wpis.dates.partial import PartialDate
from wpis.documents.mrz import InvalidMRZ, parse, tidy

WHOLE = "\n".join(TD3)
COPIES = {
    "as printed": WHOLE,
    "a space between all signs": "\n".join(" ".join(line) for line in TD3),
    "spaces in groups, as on a picture": WHOLE.replace("UTO", " UTO ").replace("<<<<", "<<<< "),
    "no-break and thin spaces": WHOLE.replace("<<", "\u00a0<\u2009<"),
    "zero-width signs": "\u200b" + WHOLE.replace("<", "<\u200b\ufeff") + "\u2060",
    "marks of direction": f"\u202a{TD3[0]}\u202c\n\u2066{TD3[1]}\u2069",
    "one line, a space for the break": " ".join(TD3),
    "one line, a tab for the break": "\t".join(TD3),
    "one line without anything": "".join(TD3),
    "a break of Windows and empty lines": "\r\n\r\n".join(TD3),
    "the separators of Unicode": "\u2028".join(TD3),
    "single guillemets": WHOLE.replace("<", "‹"),
    "double guillemets for two": WHOLE.replace("<<", "«"),
    "double guillemets for one": WHOLE.replace("<", "«"),
    "angle brackets of mathematics": WHOLE.replace("<", "\u27e8"),
    "much less than, for two": WHOLE.replace("<<", "\u226a"),
    "wide signs": "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in WHOLE),
    "small letters": WHOLE.lower(),
}


@pytest.mark.parametrize("copied", COPIES.values(), ids=COPIES)
def test_a_copy_is_read_as_what_was_printed(copied: str) -> None:
    assert parse(copied, today=TODAY) == parse(TD3, today=TODAY)
    assert tidy(copied) == WHOLE


@pytest.mark.parametrize("name", SPECIMENS)
def test_every_layout_is_told_from_one_line_with_spaces(name: str) -> None:
    lines = SPECIMENS[name]
    assert parse(" ".join(lines), today=TODAY) == parse(lines, today=TODAY)
    assert parse("  ".join(lines).replace("<<", "«").lower(), today=TODAY) == parse(lines, today=TODAY)


@pytest.mark.parametrize(
    "copied",
    [WHOLE[:-1], WHOLE.replace("<<", "<", 1), WHOLE.replace("ERIKSSON", "ERIK SON"), "« « «", "\u200b"],
)
def test_a_missing_sign_is_not_made_up(copied: str) -> None:
    with pytest.raises(InvalidMRZ) as caught:
        parse(copied, today=TODAY)
    assert caught.value.fault == "length"


def named(names: str, issuer: str = "IDN") -> Any:
    return parse([f"P<{issuer}{names}".ljust(44, "<"), TD3[1]], today=TODAY)


@pytest.mark.parametrize(
    ("names", "surname", "given_names"),
    [
        ("SUHARTO", "SUHARTO", ""),
        ("<SUHARTO", "SUHARTO", ""),
        ("<<NAME", "", "NAME"),
        ("<<<NAME", "", "NAME"),
        ("<<ANNA<MARIA", "", "ANNA MARIA"),
        ("SUHARTO<<", "SUHARTO", ""),
    ],
)
def test_an_only_name_may_stand_in_either_place(names: str, surname: str, given_names: str) -> None:
    zone = named(names)
    assert (zone.surname, zone.given_names, zone.one_name) == (surname, given_names, True)


@pytest.mark.parametrize("names", ["<RIKSSON<<ANNA", "<<ANNA<<MARIA", "", "<1A"])
def test_a_filler_in_front_of_two_names_is_a_slip(names: str) -> None:
    with pytest.raises(InvalidMRZ) as caught:
        named(names)
    assert caught.value.fault == "names"


def test_two_names_are_not_one() -> None:
    assert not named("SHARMA<<RAJESH").one_name


@pytest.mark.parametrize(
    ("birth", "known"),
    [
        ("910327", PartialDate(1991, 3, 27)),
        ("9103<<", PartialDate(1991, 3)),
        ("91<<<<", PartialDate(1991)),
        ("91<<27", PartialDate(1991)),
        ("910300", PartialDate(1991, 3)),
        ("910000", PartialDate(1991)),
        ("<<0327", None),
        ("<<<<<<", None),
    ],
)
def test_what_is_known_of_the_date_of_birth_is_said(birth: str, known: PartialDate | None) -> None:
    zone = parse(with_check_digits(put(TD3, 1, 13, birth)), today=TODAY)
    assert zone.born == known
    assert zone.birth_date == (date(1991, 3, 27) if known and known.whole else None)


@pytest.mark.parametrize("birth", ["740012", "000000", "741300", "002700"])
def test_noughts_that_leave_no_year_or_month_are_no_date(birth: str) -> None:
    with pytest.raises(InvalidMRZ) as caught:
        parse(with_check_digits(put(TD3, 1, 13, birth)), today=TODAY)
    assert caught.value.fault == "birth_date"


def test_a_card_may_say_less_too() -> None:
    assert parse([TD1[0], TD1[1], "<<ANNA".ljust(30, "<")], today=TODAY).one_name
