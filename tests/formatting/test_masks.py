"""A mask tells two values apart and gives none of them away."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from wpis.formatting import masks
from wpis.formatting.masks import DOTS, HIDDEN, SHORTEST, Mask, initials, masked

ROOT = Path(settings.BASE_DIR)
HOME = ROOT / "wpis/formatting/masks.py"
BY_HAND = re.compile(r"•|\\u2022|\\N\{BULLET\}|&bull;|&#8226;|&#x2022;|\bmasked\(", re.IGNORECASE)
"""Dots as they can be typed, and a call that chooses how many signs to show."""


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


@pytest.mark.parametrize(
    ("mask", "text", "both", "end"),
    [
        (masks.PASSPORT, "N1234567", "N••••567", "••••567"),
        (masks.PHONE, "+37499123456", "+••••456", "••••56"),
        (masks.EMAIL, "ani@example.am", "a••••", "••••ple.am"),
        (masks.ACCOUNT, "AM12345678", "A••••678", "••••5678"),
        (masks.OTHER, "secret thing", "s••••ing", "••••ng"),
    ],
)
def test_who_may_ask_for_the_value_reads_both_ends_and_others_its_end(
    mask: Mask, text: str, both: str, end: str
) -> None:
    assert (mask.both_ends(text), mask.end_only(text)) == (both, end)
    assert (mask.both_ends(None), mask.end_only("")) == ("", "")


@pytest.mark.parametrize(
    "line",
    [
        'masked="••••••"',
        '"\\u2022" * 4',
        '"\\N{bullet}"',
        "<code>&bull;&bull;</code>",
        "masked(phone, last=2)",
    ],
)
def test_a_mask_typed_by_hand_is_found(line: str) -> None:
    assert BY_HAND.search(line)


def test_no_page_and_no_code_types_a_mask_by_hand() -> None:
    looked_at = [
        path
        for folder in ("wpis", "permits", "alerts", "referral", "templates")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in {".py", ".html", ".txt", ".po", ".yaml"} and path != HOME
    ]
    assert len(looked_at) > 400
    assert BY_HAND.search(HOME.read_text(encoding="utf-8"))
    assert [
        str(path.relative_to(ROOT)) for path in looked_at if BY_HAND.search(path.read_text(encoding="utf-8"))
    ] == []
