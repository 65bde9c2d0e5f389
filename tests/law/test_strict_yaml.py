"""The one reader of YAML files: nothing is guessed, and each fault is told with file, line and place."""

import contextlib
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field

from wpis.strict_yaml import Count, Document, Entry, InvalidFile, Many, Text, Word, read_yaml


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


class Part(Entry):
    name: Text
    count: Count
    open: bool = False


class Whole(Entry):
    since: date = Field(alias="from")
    colour: Word[Colour]
    parts: Many[Part] = ()


GOOD = """\
# A comment.
from: 2026-11-01
colour: red
parts:
  - name: >-
      two
      lines
    count: 2
  - {name: one, count: 1, open: yes}
"""


def write(folder: Path, text: str) -> Path:
    file = folder / "thing.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_good_file_is_read(tmp_path: Path) -> None:
    whole = read_yaml(write(tmp_path, GOOD), Whole)
    assert (whole.since, whole.colour) == (date(2026, 11, 1), Colour.RED)
    assert whole.parts == (Part(name="two lines", count=2), Part(name="one", count=1, open=True))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("count: 2", "cuont: 2", "line 8, parts 1: 'cuont' is an unknown entry"),
        ("count: 2", "cuont: 2", "line 5, parts 1: 'count' is missing"),
        ("count: 2", "count: 2\n    count: 3", "line 9: 'count' is written twice"),
        ("count: 2", 'count: "2"', "line 8, parts 1: 'count' must be a whole number, found str '2'"),
        ("count: 2", "count: 2.0", "'count' must be a whole number, found float 2.0"),
        ("count: 2", "count: true", "'count' must be a whole number, found bool True"),
        ("count: 2", "count:", "'count' must be a whole number, found nothing"),
        ("count: 2", "count: 0", "'count' must be at least 1, found 0"),
        ("open: yes", "open: 1", "line 9, parts 2: 'open' must be yes or no, found int 1"),
        ("open: yes", 'open: "yes"', "'open' must be yes or no, found str 'yes'"),
        ("name: one", "name: no", "'name' must be a text, found bool False"),
        ("name: one", 'name: " "', "'name' must be a text, found ''"),
        ("colour: red", "colour: green", "line 3: 'colour' must be one of red, blue, found 'green'"),
        ("2026-11-01", "2026-11-01 10:00:00", "line 2: 'from' must be a day like 2026-11-01"),
        ("2026-11-01", '"2026-11-01"', "'from' must be a day like 2026-11-01, found str"),
        ("2026-11-01", "20261101", "'from' must be a day"),
    ],
)
def test_a_fault_is_told_with_its_line_and_place(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert old in GOOD
    with pytest.raises(InvalidFile) as refused:
        read_yaml(write(tmp_path, GOOD.replace(old, new, 1)), Whole)
    assert any(line.startswith("thing.yaml, ") and told in line for line in str(refused.value).splitlines())


def test_all_faults_are_told_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = GOOD.replace("red", "green").replace("count: 1", "count: many").replace("count: 2", "count: 0")
    with pytest.raises(InvalidFile) as refused:
        read_yaml(write(tmp_path, text), Whole)
    assert [line.split(":")[0] for line in str(refused.value).splitlines()] == [
        "thing.yaml, line 3",
        "thing.yaml, line 8, parts 1",
        "thing.yaml, line 9, parts 2",
    ]


def test_what_no_type_can_say_is_told_in_the_same_way(tmp_path: Path) -> None:
    document = Document(write(tmp_path, GOOD))
    assert str(document.fault("is too long", "parts", 1, "name")) == (
        "thing.yaml, line 9, parts 2: 'name' is too long"
    )
    assert str(document.fault("has no end")) == "thing.yaml, line 1: has no end"


@pytest.mark.parametrize("text", ["", "- a", "7", "a: [", "a: &x\n  b: *x", "!!python/object:os.system {}"])
def test_what_is_no_such_file_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(InvalidFile, match=r"thing\.yaml"):
        read_yaml(write(tmp_path, text), Whole)


SCALARS = st.none() | st.booleans() | st.integers() | st.text(max_size=3)
KEYS = st.sampled_from(["from", "colour", "parts", "name", "count"])


def nested(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4)


@given(st.recursive(SCALARS, nested, max_leaves=8))
def test_whatever_a_file_says_it_is_read_or_refused(tmp_path_factory: Any, content: object) -> None:
    """No content ends in another error than InvalidFile."""
    file = write(tmp_path_factory.mktemp("any"), yaml.safe_dump(content, allow_unicode=True))
    with contextlib.suppress(InvalidFile):
        assert isinstance(read_yaml(file, Whole), Whole)
