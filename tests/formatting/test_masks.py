"""A mask tells two values apart and gives none of them away."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wpis.formatting.masks import DOTS, HIDDEN, SHORTEST, initials, masked


@pytest.mark.parametrize(
    ("text", "first", "last", "shown"),
    [
        ("N1234567", 1, 3, "N••••567"),
        ("ani@example.am", 1, 0, "a••••"),
        ("+37499123456", 0, 2, "••••56"),
        ("ani@example.am", 0, 6, "••••ple.am"),
        ("AM12345678", 0, 4, "••••5678"),
        ("N12345", 1, 3, "••••"),
        ("me@x.am", 0, 6, "••••"),
        ("12", 0, 2, "••••"),
        ("", 1, 3, ""),
        (None, 1, 3, ""),
    ],
)
def test_the_ends_of_a_long_value_are_shown_and_nothing_of_a_short_one(
    text: str | None, first: int, last: int, shown: str
) -> None:
    assert masked(text, first=first, last=last) == shown


@given(st.text(st.characters(exclude_characters="•"), min_size=1), st.integers(0, 3), st.integers(0, 6))
def test_some_signs_always_stay_hidden_and_the_length_with_them(text: str, first: int, last: int) -> None:
    shown = masked(text, first=first, last=last).replace(DOTS, "")
    assert len(text) - len(shown) >= min(HIDDEN, len(text))
    assert len(shown) in (0, first + last)
    assert not shown or len(text) >= SHORTEST


def test_a_masked_name_keeps_initials_only() -> None:
    assert initials("  ANNA  Karenina ") == "A*** K***"
    assert initials("") == ""
