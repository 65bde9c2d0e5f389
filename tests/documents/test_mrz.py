"""The machine-readable zone, on the public specimens of ICAO Doc 9303 and on mutations of them."""

import dataclasses
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wpis.documents.mrz import MESSAGES, MRZ, InvalidMRZ, check_digit, parse

TODAY = date(2026, 11, 21)
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<"

TD1 = ["I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<"]
TD2 = ["I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "D231458907UTO7408122F1204159<<<<<<<6"]
TD3 = ["P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10"]
MRV_A = ["V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L8988901C4XXX4009078F96121096ZE184226B<<<<<<"]
MRV_B = ["V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "L8988901C4XXX4009078F9612109<<<<<<<<"]
TD1_LONG = [
    "I<UTOD23145890<7349<<<<<<<<<<<",
    "3407127M9507122UTO<<<<<<<<<<<2",
    "STEVENSON<<PETER<JOHN<<<<<<<<<",
]
TD2_LONG = ["I<UTOSTEVENSON<<PETER<JOHN<<<<<<<<<<", "D23145890<UTO3407127M95071227349<<<8"]

SPECIMENS = {
    "TD1": TD1,
    "TD2": TD2,
    "TD3": TD3,
    "MRV-A": MRV_A,
    "MRV-B": MRV_B,
    "TD1 long": TD1_LONG,
    "TD2 long": TD2_LONG,
}
# (line, first, last + 1) of every stretch that a check digit covers, the digits themselves included.
CHECKED = {
    "TD1": [(0, 5, 30), (1, 0, 7), (1, 8, 15), (1, 18, 30)],
    "TD2": [(1, 0, 10), (1, 13, 20), (1, 21, 36)],
    "TD3": [(1, 0, 10), (1, 13, 20), (1, 21, 44)],
    "MRV-A": [(1, 0, 10), (1, 13, 20), (1, 21, 28)],
    "MRV-B": [(1, 0, 10), (1, 13, 20), (1, 21, 28)],
    "TD1 long": [(0, 5, 30), (1, 0, 7), (1, 8, 15), (1, 18, 30)],
    "TD2 long": [(1, 0, 10), (1, 13, 20), (1, 21, 36)],
}
PLACES = [
    (name, line, place)
    for name, stretches in CHECKED.items()
    for line, first, end in stretches
    for place in range(first, end)
]


def put(lines: list[str], line: int, place: int, text: str) -> list[str]:
    changed = list(lines)
    changed[line] = lines[line][:place] + text + lines[line][place + len(text) :]
    return changed


def failing_check(lines: str | list[str]) -> str:
    with pytest.raises(InvalidMRZ) as caught:
        parse(lines, today=TODAY)
    assert caught.value.message == MESSAGES[caught.value.fault]
    return caught.value.fault


def with_check_digits(lines: list[str]) -> list[str]:
    """TD3 lines with every check digit computed anew, so that only the content can be at fault."""
    second = lines[1]
    for first, end in ((0, 9), (13, 19), (21, 27), (28, 42)):
        second = second[:end] + check_digit(second[first:end]) + second[end + 1 :]
    whole = second[0:10] + second[13:20] + second[21:43]
    return [lines[0], second[:43] + check_digit(whole)]


def test_the_passport_specimen_is_read_whole() -> None:
    assert parse(TD3, today=TODAY) == MRZ(
        format="TD3",
        document_code="P",
        issuer="UTO",
        surname="ERIKSSON",
        given_names="ANNA MARIA",
        number="L898902C3",
        nationality="UTO",
        birth="740812",
        birth_year=1974,
        birth_date=date(1974, 8, 12),
        sex="F",
        expiry="120415",
        expiry_date=date(2012, 4, 15),
        personal_number="ZE184226B",
    )


@pytest.mark.parametrize("name", ["TD1", "TD2"])
def test_the_card_specimens_hold_the_same_person(name: str) -> None:
    mrz = parse(SPECIMENS[name], today=TODAY)
    assert (mrz.format, mrz.document_code, mrz.number) == (name, "I", "D23145890")
    assert (mrz.surname, mrz.given_names, mrz.sex) == ("ERIKSSON", "ANNA MARIA", "F")
    assert (mrz.birth_date, mrz.expiry_date) == (date(1974, 8, 12), date(2012, 4, 15))
    assert (mrz.optional_data, mrz.optional_data_2) == ("", "")


def test_the_visa_specimens_are_told_from_passports_and_cards_by_their_first_letter() -> None:
    large, small = parse(MRV_A, today=TODAY), parse(MRV_B, today=TODAY)
    assert (large.format, small.format) == ("MRV-A", "MRV-B")
    assert large.number == small.number == "L8988901C"
    assert large.nationality == "XXX"
    assert (large.birth_date, large.expiry_date) == (date(1940, 9, 7), date(1996, 12, 10))
    assert large.optional_data == "6ZE184226B"


@pytest.mark.parametrize("lines", [TD1_LONG, TD2_LONG])
def test_a_long_document_number_overflows_into_the_optional_data(lines: list[str]) -> None:
    mrz = parse(lines, today=TODAY)
    assert mrz.number == "D23145890734"
    assert mrz.optional_data == ""
    assert mrz.birth_date == date(1934, 7, 12)


def test_optional_data_may_follow_a_long_number() -> None:
    first = "I<UTOD23145890<7349<ABC<<<<<<<"
    second = TD1_LONG[1]
    digit = check_digit(first[5:30] + second[0:7] + second[8:15] + second[18:29])
    mrz = parse([first, second[:29] + digit, TD1_LONG[2]], today=TODAY)
    assert (mrz.number, mrz.optional_data) == ("D23145890734", "ABC")


def test_a_number_without_check_digit_and_without_overflow_is_refused() -> None:
    assert failing_check(put(TD1, 0, 14, "<")) == "document_number"
    assert failing_check(put(TD1_LONG, 0, 15, "7<<<")) == "document_number"


def test_a_visa_number_never_overflows() -> None:
    assert failing_check(put(MRV_A, 1, 9, "<")) == "document_number"


@pytest.mark.parametrize("name", SPECIMENS)
def test_line_breaks_small_letters_and_spaces_around_lines_are_forgiven(name: str) -> None:
    lines = SPECIMENS[name]
    expected = parse(lines, today=TODAY)
    assert parse("\r\n".join(lines), today=TODAY) == expected
    assert parse("\n\n".join(f"  {line.lower()}\t" for line in lines) + "\n", today=TODAY) == expected
    assert parse("".join(lines), today=TODAY) == expected


@pytest.mark.parametrize(
    "lines",
    [
        [],
        "",
        [TD3[0]],
        [TD3[0], TD3[1][:-1]],
        [TD3[0], TD3[1] + "<"],
        [*TD3, TD3[1]],
        [TD1[0], TD1[1]],
        [TD2[0], TD3[1]],
        "P<UTO",
    ],
)
def test_a_wrong_number_of_lines_or_characters_is_a_length_fault(lines: str | list[str]) -> None:
    assert failing_check(lines) == "length"


@pytest.mark.parametrize("sign", ["-", "Ա", "А", "١", "ı", "²", "»"])
def test_signs_outside_the_alphabet_are_refused(sign: str) -> None:
    assert failing_check(put(TD3, 0, 8, sign)) == "characters"


@pytest.mark.parametrize(
    ("line", "place", "text", "check"),
    [
        (0, 0, "X", "document_code"),
        (0, 1, "1", "document_code"),
        (0, 2, "<", "issuer"),
        (0, 3, "1", "issuer"),
        (0, 3, "<", "issuer"),
        (0, 5, "<", "names"),
        (0, 7, "1", "names"),
        (1, 0, "M", "document_number"),
        (1, 9, "7", "document_number"),
        (1, 9, "<", "document_number"),
        (1, 11, "0", "nationality"),
        (1, 10, "<<<", "nationality"),
        (1, 14, "5", "birth_date"),
        (1, 19, "3", "birth_date"),
        (1, 20, "X", "sex"),
        (1, 22, "3", "expiry_date"),
        (1, 27, "8", "expiry_date"),
        (1, 29, "F", "personal_number"),
        (1, 42, "2", "personal_number"),
        (1, 43, "1", "composite"),
    ],
)
def test_a_changed_passport_names_the_failing_check(line: int, place: int, text: str, check: str) -> None:
    assert failing_check(put(TD3, line, place, text)) == check


def test_a_card_with_changed_optional_data_fails_its_composite_check() -> None:
    assert failing_check(put(TD1, 0, 20, "1")) == "composite"
    assert failing_check(put(TD1, 1, 20, "1")) == "composite"
    assert failing_check(put(TD2, 1, 30, "1")) == "composite"


def test_a_passport_code_on_a_card_is_refused() -> None:
    assert failing_check(put(TD1, 0, 0, "P")) == "document_code"
    assert failing_check(put(TD2, 0, 0, "P")) == "document_code"


@pytest.mark.parametrize(("name", "line", "place"), PLACES)
def test_no_single_change_in_a_checked_field_passes_except_a_known_collision(
    name: str, line: int, place: int
) -> None:
    # The weights 7, 3, 1 are units modulo 10: one changed sign goes unseen exactly when both signs have the
    # same value modulo 10 (0 < A K U; 1 B L V; ...). Nothing else may pass.
    before = SPECIMENS[name][line][place]
    for sign in ALPHABET.replace(before, ""):
        try:
            parse(put(SPECIMENS[name], line, place, sign), today=TODAY)
        except InvalidMRZ:
            continue
        assert check_digit(f"<<{sign}") == check_digit(f"<<{before}"), (name, line, place, before, sign)


@pytest.mark.parametrize(
    ("field", "digit"),
    [("L898902C3", "6"), ("740812", "2"), ("120415", "9"), ("ZE184226B<<<<<", "1"), ("<<<<<<", "0")],
)
def test_check_digits_follow_the_specimen(field: str, digit: str) -> None:
    assert check_digit(field) == digit


def test_an_unused_personal_number_may_leave_its_check_digit_out() -> None:
    second = TD3[1][:28] + "<" * 15
    digit = check_digit(second[0:10] + second[13:20] + second[21:43])
    assert parse([TD3[0], second + digit], today=TODAY).personal_number == ""
    zero = second[:42] + "0"
    assert parse([TD3[0], zero + digit], today=TODAY).personal_number == ""
    assert failing_check([TD3[0], second[:42] + "1" + digit]) == "personal_number"


def test_a_used_personal_number_needs_its_check_digit() -> None:
    assert failing_check(put(TD3, 1, 42, "<")) == "personal_number"


@pytest.mark.parametrize(
    ("birth", "year", "month", "day"),
    [
        ("74<<<<", 1974, None, None),
        ("26<<<<", 2026, None, None),
        ("2612<<", 1926, 12, None),
        ("26<<21", 2026, None, 21),
        ("7408<<", 1974, 8, None),
        ("<<0812", None, 8, 12),
        ("<<0229", None, 2, 29),
        ("<<<<<<", None, None, None),
    ],
)
def test_unknown_parts_of_the_birth_date_are_fillers(
    birth: str, year: int | None, month: int | None, day: int | None
) -> None:
    mrz = parse(with_check_digits(put(TD3, 1, 13, birth)), today=TODAY)
    assert mrz.birth == birth
    assert mrz.birth_date is None
    assert (mrz.birth_year, mrz.birth_month, mrz.birth_day) == (year, month, day)


@pytest.mark.parametrize(
    "birth", ["741312", "740832", "740230", "740012", "7<0812", "7413<<", "<<0230", "A40812"]
)
def test_an_impossible_birth_date_is_refused_even_with_the_right_check_digit(birth: str) -> None:
    assert failing_check(with_check_digits(put(TD3, 1, 13, birth))) == "birth_date"


@pytest.mark.parametrize("expiry", ["121315", "120431", "12<<<<", "120400"])
def test_an_impossible_expiry_date_is_refused_even_with_the_right_check_digit(expiry: str) -> None:
    assert failing_check(with_check_digits(put(TD3, 1, 21, expiry))) == "expiry_date"


def test_a_document_may_have_no_expiry_date() -> None:
    assert parse(with_check_digits(put(TD3, 1, 21, "<<<<<<")), today=TODAY).expiry_date is None


@pytest.mark.parametrize(
    ("birth", "today", "expected"),
    [
        ("261121", date(2026, 11, 21), date(2026, 11, 21)),
        ("261122", date(2026, 11, 21), date(1926, 11, 22)),
        ("000229", date(2026, 11, 21), date(2000, 2, 29)),
        ("991231", date(2026, 11, 21), date(1999, 12, 31)),
    ],
)
def test_nobody_is_born_in_the_future(birth: str, today: date, expected: date) -> None:
    mrz = parse(with_check_digits(put(TD3, 1, 13, birth)), today=today)
    assert mrz.birth_date == expected
    assert (mrz.birth_year, mrz.birth_month, mrz.birth_day) == (expected.year, expected.month, expected.day)


@pytest.mark.parametrize(
    ("expiry", "expected"),
    [("360101", date(2036, 1, 1)), ("991231", date(1999, 12, 31)), ("700101", date(2070, 1, 1))],
)
def test_the_expiry_year_nearest_to_today_is_meant(expiry: str, expected: date) -> None:
    assert parse(with_check_digits(put(TD3, 1, 21, expiry)), today=TODAY).expiry_date == expected


def test_without_a_day_the_present_one_is_used() -> None:
    assert parse(TD3).birth_date == date(1974, 8, 12)


def test_an_unspecified_sex_is_x() -> None:
    assert parse(put(TD3, 1, 20, "<"), today=TODAY).sex == "X"
    assert parse(put(TD3, 1, 20, "M"), today=TODAY).sex == "M"


@pytest.mark.parametrize(
    ("names", "surname", "given_names"),
    [
        ("VAN<DER<MUELLEN<<HILDE", "VAN DER MUELLEN", "HILDE"),
        ("ARKFREITH<<", "ARKFREITH", ""),
        ("SINGH", "SINGH", ""),
    ],
)
def test_names_are_split_at_the_double_filler(names: str, surname: str, given_names: str) -> None:
    mrz = parse([("P<UTO" + names).ljust(44, "<"), TD3[1]], today=TODAY)
    assert (mrz.surname, mrz.given_names, mrz.names_may_be_cut) == (surname, given_names, False)


def test_a_full_name_field_may_have_been_cut() -> None:
    line = ("P<UTOPAPANDROPOULOUS<<JONATHON<ALEC" + "X" * 44)[:44]
    assert parse([line, TD3[1]], today=TODAY).names_may_be_cut


def test_an_issuer_code_may_be_shorter_than_three_letters() -> None:
    mrz = parse(put(put(TD3, 0, 2, "D<<"), 1, 10, "D<<"), today=TODAY)
    assert (mrz.issuer, mrz.nationality) == ("D", "D")


def test_an_mrz_cannot_be_changed_after_reading() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        parse(TD3, today=TODAY).number = "X"  # type: ignore[misc]


@given(st.text() | st.lists(st.text(alphabet=ALPHABET + " aé", min_size=25, max_size=46), max_size=4))
def test_whatever_is_pasted_is_read_or_refused_by_name(pasted: str | list[str]) -> None:
    try:
        parse(pasted, today=TODAY)
    except InvalidMRZ as error:
        refused = error
    else:
        return
    assert refused.fault in MESSAGES


@given(
    st.text(alphabet="ABCDEFGHJKLMNPRSTVWXYZ0123456789", min_size=1, max_size=9),
    st.dates(date(1927, 1, 1), TODAY),
    st.dates(date(1977, 1, 1), date(2075, 1, 1)),
)
def test_a_written_passport_is_read_back(number: str, birth: date, expiry: date) -> None:
    second = f"{number:<<9}?ARM{birth:%y%m%d}?F{expiry:%y%m%d}?{'<' * 14}??"
    mrz = parse(with_check_digits([TD3[0], second]), today=TODAY)
    assert (mrz.number, mrz.birth_date, mrz.expiry_date) == (number, birth, expiry)
