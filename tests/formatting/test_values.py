"""A value is written the same way wherever it is read."""

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from wpis.formatting.days import day, moment, span
from wpis.formatting.isolated import isolated, isolated_lines
from wpis.formatting.numbers import decimal, drams, file_size, grouped
from wpis.formatting.phones import phone_number
from wpis.formatting.sentences import in_sentence
from wpis.formatting.values import Kind, write

SPACE = "\u00a0"
LATE = datetime.datetime(2026, 11, 20, 21, 30, tzinfo=datetime.UTC)  # past midnight in Yerevan

WRITTEN: list[tuple[Any, Kind | None, str]] = [
    (None, None, ""),
    ("", Kind.MONEY, ""),
    ([], Kind.LANGUAGE, ""),
    ((), None, ""),
    (True, None, "Yes"),
    (False, None, "No"),
    (0, None, "0"),
    (0, Kind.MONEY, f"0{SPACE}֏"),
    (1_234_567, Kind.MONEY, f"1{SPACE}234{SPACE}567{SPACE}֏"),
    (40.0, None, "40"),
    (37.5, None, "37.5"),
    (Decimal("40.0"), None, "40"),
    (datetime.date(2026, 3, 1), None, "01.03.2026"),
    (LATE, None, "21.11.2026"),
    (37.5, Kind.NUMBER, "37.5"),
    (False, Kind.YES_NO, "No"),
    (datetime.date(2026, 3, 1), Kind.DAY, "01.03.2026"),
    ("2026-03-01", Kind.DAY, "01.03.2026"),
    (["2026-03-01", "2026-12-31"], Kind.DAYS, "01.03.2026 – 31.12.2026"),
    ("NPL", Kind.COUNTRY, "Nepal"),
    ("AM-SH", Kind.PROVINCE, "Shirak"),
    ("ka", Kind.LANGUAGE, "Georgian"),
    (("ka", "ne"), Kind.LANGUAGE, "Georgian, Nepali"),
    ("0110", Kind.OCCUPATION, "Commissioned armed forces officers (0110)"),
    ("+37499123456", Kind.PHONE, '<bdi class="ref">+374 99 123456</bdi>'),
    ("P<\nN1", Kind.PASSPORT_LINES, "<bdi class='ref'>P&lt;</bdi><br><bdi class='ref'>N1</bdi><br>"),
    ("as typed", None, "as typed"),
]


@pytest.mark.parametrize(("value", "kind", "text"), WRITTEN)
def test_a_value_is_written_as_its_kind_asks(value: Any, kind: Kind | None, text: str) -> None:
    with override("en"):
        assert str(write(value, kind)) == text


def test_every_kind_is_written_somewhere_above() -> None:
    assert {kind for _value, kind, _text in WRITTEN} - {None} == set(Kind)


def test_a_choice_is_written_by_its_label_and_a_withdrawn_one_by_its_code() -> None:
    choices = [("a", "First"), ("b", "Second")]
    assert write("b", choices=choices) == "Second"
    assert write(["a", "z"], choices=choices) == "First, z"
    assert write(["a", "b"], choices=iter(choices)) == "First, Second"


def test_plain_text_leaves_what_is_read_sign_by_sign_as_it_is_stored() -> None:
    assert write("+37499123456", Kind.PHONE, plain=True) == "+37499123456"
    assert write(["+37499123456"], Kind.PHONE, plain=True) == "+37499123456"
    assert write("P<\nN1", Kind.PASSPORT_LINES, plain=True) == "P<\nN1"
    assert write(5, Kind.MONEY, plain=True) == write(5, Kind.MONEY)


def test_answers_are_written_in_the_language_of_the_reader() -> None:
    with override("hy"):
        assert (write(True), write(False)) == ("Այո", "Ոչ")
    with override("ru"):
        assert (write(True), write(False)) == ("Да", "Нет")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "not stated"),
        (True, "yes"),
        (False, "no"),
        (75_000, f"75{SPACE}000"),
        (48.5, "48.5"),
        ("", "nothing"),
        ("wage", "the wage"),
        ("wage,other", "the wage, other"),
    ],
)
def test_within_a_sentence_a_missing_value_is_said(value: Any, text: str) -> None:
    with override("en"):
        assert in_sentence(value, {"wage": "the wage"}) == text


@given(st.integers())
def test_grouping_changes_no_digit_and_breaks_no_line(number: int) -> None:
    text = grouped(number)
    assert int(text.replace(SPACE, "")) == number
    assert all(len(group.lstrip("-")) <= 3 for group in text.split(SPACE))
    assert " " not in drams(number)


@given(st.decimals(0, 168, places=1))
def test_a_decimal_keeps_its_value_and_no_zero_at_its_end(number: Decimal) -> None:
    text = decimal(number)
    assert Decimal(text) == number
    assert not text.endswith(".0")


def test_days_and_moments_are_those_of_yerevan_and_nothing_for_none() -> None:
    assert (day(LATE), moment(LATE)) == ("21.11.2026", "21.11.2026, 01:30")
    assert (day(None), moment(None)) == ("", "")
    assert span(datetime.date(2026, 1, 1), datetime.date(2026, 12, 31)) == "01.01.2026 – 31.12.2026"


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("+37499123456", "+374 99 123456"),
        ("099", "099"),
        ("+", "+"),
        ("+abc", "+abc"),
        ("+99", "+99"),
        ("", ""),
    ],
)
def test_a_telephone_number_is_written_in_groups_and_what_is_none_as_it_is(typed: str, text: str) -> None:
    assert phone_number(typed) == text


def test_isolated_text_is_escaped_and_nothing_stays_nothing() -> None:
    assert isolated("<b>") == '<bdi class="ref">&lt;b&gt;</bdi>'
    assert isolated("") == isolated(None) == ""
    assert isolated_lines(["P<", "1"]) == "<bdi class='ref'>P&lt;</bdi><br><bdi class='ref'>1</bdi><br>"


def test_a_size_is_written_in_units_that_everybody_reads() -> None:
    with override("en"):
        assert [file_size(size) for size in (0, 1024, 1_047_552, 1_048_576)] == [
            "1 KB",
            "1 KB",
            "1023 KB",
            "1.0 MB",
        ]
