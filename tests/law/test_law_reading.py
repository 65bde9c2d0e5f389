"""A malformed file of the law book is refused with words that help its author."""

from datetime import date, time
from decimal import Decimal
from pathlib import Path

import pytest

from wpis.law.calendar import read_calendar
from wpis.law.errors import NotInForce
from wpis.law.grounds import read_grounds
from wpis.law.parameter import read_parameter, read_parameters
from wpis.strict_yaml import InvalidFile

GOOD = """\
description:
  en: "A fee"
  hy: "Վճար"
unit: drams
values:
  - from: 2020-01-01
    value: 10
    reference: "Law, art. 1"
    confidence: C
  - from: 2021-01-01
    value: null
    reference: "Law, art. 2"
    confidence: W
    note: >-
      Two
      lines.
"""


def write(folder: Path, text: str, name: str = "fee") -> Path:
    file = folder / f"{name}.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_good_file_is_read(tmp_path: Path) -> None:
    fee = read_parameter(write(tmp_path, GOOD))
    assert (fee.name, fee.unit, fee.description["hy"]) == ("fee", "drams", "Վճար")
    assert fee.on(date(2020, 12, 31)).value == 10
    assert fee.values[1].note == "Two lines."
    with pytest.raises(NotInForce, match="ended on 2021-01-01"):
        fee.on(date(2021, 1, 1))


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("unit: drams", "unit: dollars", "unknown unit 'dollars'"),
        ("unit: drams", "", "'unit' is missing"),
        ("unit: drams", "unit: [drams]", "'unit' must be a text"),
        ("unit: drams", "unit: drams\nchoices: [a]", "'choices' has no meaning"),
        ('  hy: "Վճար"\n', "", "description: 'hy' is missing"),
        ('  hy: "Վճար"', '  hy: ""', "description: 'hy' must be a text"),
        ('  hy: "Վճար"', '  hy: "Վճար"\n  fr: "x"', "description: 'fr' is an unknown entry"),
        ("values:", "value:", "'value' is an unknown entry"),
        ("value: 10", "value: ten", "values 1: 'value' must be a whole number.*found 'ten'"),
        ("value: 10", "value: 10.5", "must be a whole number"),
        ("value: 10", "value: -1", "must be a whole number, zero or more"),
        ("value: 10", "value: yes", "must be a whole number"),
        ("    value: 10\n", "", "values 1: 'value' is missing"),
        ("from: 2020-01-01", "from: January 2020", "values 1: 'from' must be a day like 2026-11-01"),
        ("from: 2020-01-01", "from: 2020-01-01 10:00:00", "'from' must be a day"),
        ("from: 2020-01-01", "from: 2022-01-01", "oldest to the newest"),
        ("from: 2020-01-01", "from: 2021-01-01", "each day once"),
        ("confidence: C", "confidence: A", "values 1: 'confidence' must be one of C, W, X, G, found 'A'"),
        ('reference: "Law, art. 1"', "reference:", "'reference' must be a text, found nothing"),
        ("note:", "remark:", "values 2: 'remark' is an unknown entry"),
        ("value: 10", "value: 10\n    value: 11", "'value' is written twice"),
        ("unit: drams", "unit: [", "not YAML"),
    ],
)
def test_a_fault_is_named_with_its_place(tmp_path: Path, old: str, new: str, complaint: str) -> None:
    assert old in GOOD
    with pytest.raises(InvalidFile, match=f"(?s)fee.yaml.*{complaint}"):
        read_parameter(write(tmp_path, GOOD.replace(old, new, 1)))


@pytest.mark.parametrize(
    ("text", "complaint"), [("", "found nothing"), ("- a", "found list"), ("7", "found int 7")]
)
def test_a_file_without_named_entries_is_refused(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(InvalidFile, match=complaint):
        read_parameter(write(tmp_path, text))


@pytest.mark.parametrize(
    ("values", "complaint"), [("[]", "is empty"), ("none", "must be a list"), ("[7]", "values 1")]
)
def test_values_must_be_a_list_of_entries(tmp_path: Path, values: str, complaint: str) -> None:
    text = GOOD.split("values:")[0] + f"values: {values}\n"
    with pytest.raises(InvalidFile, match=complaint):
        read_parameter(write(tmp_path, text))


@pytest.mark.parametrize(
    ("unit", "written", "value"),
    [
        ("percent", "0.15", Decimal("0.15")),
        ("percent", "150", Decimal(150)),
        ("share", "0.5", Decimal("0.5")),
        ("yes_no", "no", False),
        ("months", "0", 0),
        ("time_of_day", '"22:00"', time(22)),
        ("code\nchoices: [a, b]", "a", "a"),
        ("codes\nchoices: [a, b]", "[b, a]", ("b", "a")),
    ],
)
def test_a_unit_gives_the_value_its_type(tmp_path: Path, unit: str, written: str, value: object) -> None:
    text = GOOD.replace("unit: drams", f"unit: {unit}").replace("value: 10", f"value: {written}")
    found = read_parameter(write(tmp_path, text)).on(date(2020, 6, 1)).value
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("unit", "written", "complaint"),
    [
        ("percent", "much", "a number"),
        ("percent", "yes", "a number"),
        ("percent", ".nan", "zero or more"),
        ("percent", "-1", "zero or more"),
        ("share", "30", "between 0 and 1"),
        ("yes_no", "1", "yes or no"),
        ("time_of_day", "22:00", "a quoted time of day"),
        ("time_of_day", '"25:00"', "a quoted time of day"),
        ("code\nchoices: [a, b]", "c", "not among the choices"),
        ("code\nchoices: [a, b]", "7", "a code"),
        ("code", "a", "'choices' is missing"),
        ("codes\nchoices: [a, b]", "[a, c]", "'c' is not among the choices"),
        ("codes\nchoices: [a, b]", "[]", "a list of codes"),
        ("codes\nchoices: [a, b]", "a", "a list of codes"),
    ],
)
def test_a_unit_refuses_what_does_not_fit_it(tmp_path: Path, unit: str, written: str, complaint: str) -> None:
    text = GOOD.replace("unit: drams", f"unit: {unit}").replace("value: 10", f"value: {written}")
    with pytest.raises(InvalidFile, match=complaint):
        read_parameter(write(tmp_path, text))


def test_a_file_name_must_be_usable_as_an_attribute(tmp_path: Path) -> None:
    with pytest.raises(InvalidFile, match=r"minimum-wage\.yaml.*parameter's name"):
        read_parameter(write(tmp_path, GOOD, name="minimum-wage"))


def test_a_folder_is_read_by_file_name(tmp_path: Path) -> None:
    write(tmp_path, GOOD, "b")
    write(tmp_path, GOOD, "a")
    assert list(read_parameters(tmp_path)) == ["a", "b"]


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidFile, match="no parameter files"):
        read_parameters(tmp_path)


HOLIDAY = 'holidays: [{day: "%s", name: {en: x, hy: y}, from: 2020-01-01, reference: r, confidence: C}]\n'


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (HOLIDAY % "31-12" + "swaps: []", "holidays 1: 'day' must be a month and a day"),
        (HOLIDAY % "12-31", "'swaps' is missing"),
        (
            HOLIDAY % "12-31" + "swaps: [{date: 2027-01-04, kind: free, source: s}]",
            "must be one of day_off, working, found 'free'",
        ),
        (HOLIDAY % "12-31" + "swaps: [{date: 2027-01-04, kind: day_off}]", "swaps 1: 'source' is missing"),
        (
            HOLIDAY % "12-31" + "swaps: [{date: 2027-01-04, kind: day_off, source: s},"
            " {date: 2027-01-04, kind: working, source: s}]",
            "2027-01-04 is swapped twice",
        ),
    ],
)
def test_a_malformed_calendar_is_refused(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(InvalidFile, match=complaint):
        read_calendar(write(tmp_path, text))


GROUND = "{code: %s, title: {en: x, hy: y}, from: %s, until: %s, reference: r, confidence: G}"


def grounds_file(folder: Path, *refusals: str) -> Path:
    return write(folder, f"approval: []\nrefusal: [{', '.join(refusals)}]\nrevocation: []\n")


def test_a_code_may_come_back_later_but_not_mean_two_things_at_once(tmp_path: Path) -> None:
    early, late = GROUND % ("a", "2020-01-01", "2020-12-31"), GROUND % ("a", "2021-01-01", "2021-12-31")
    assert len(read_grounds(grounds_file(tmp_path, early, late))) == 2
    overlapping = GROUND % ("a", "2020-12-31", "2021-12-31")
    with pytest.raises(InvalidFile, match="'a' means two things"):
        read_grounds(grounds_file(tmp_path, early, overlapping))


def test_a_ground_cannot_end_before_it_starts(tmp_path: Path) -> None:
    with pytest.raises(InvalidFile, match="refusal 1: 'until' lies before 'from'"):
        read_grounds(grounds_file(tmp_path, GROUND % ("a", "2020-01-02", "2020-01-01")))
