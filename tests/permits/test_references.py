"""References are read aloud and typed: their check letter tells a slip from a number that does not exist."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from permits import references
from permits.references import ALPHABET, check_letter, mistyped

BODY = st.text(st.sampled_from(ALPHABET), min_size=12, max_size=13)


@pytest.mark.parametrize(("prefix", "length"), [("WP", 16), ("P", 16)])
def test_a_fresh_reference_bears_its_own_check_letter(prefix, length):
    fresh = references.new(prefix)
    assert fresh.startswith(f"{prefix}-")
    assert len(fresh) == length
    assert not mistyped(fresh)


@given(body=BODY, place=st.integers(0, 12), letter=st.sampled_from(ALPHABET))
def test_every_single_wrong_letter_shows(body, place, letter):
    right = body + check_letter(body)
    wrong = right[:place] + letter + right[place + 1 :]
    assert mistyped(f"P-{wrong}") == (wrong != right)


@given(body=BODY, places=st.tuples(st.integers(0, 12), st.integers(0, 12)))
def test_every_two_letters_that_changed_places_show(body, places):
    right = body + check_letter(body)
    first, second = places
    signs = list(right)
    signs[first], signs[second] = signs[second], signs[first]
    assert mistyped(f"P-{''.join(signs)}") == (signs != list(right))


@pytest.mark.parametrize("text", ["", "P-", "P-A", "nothing", "P-0000-IIII", "WP"])
def test_what_is_no_reference_is_not_called_a_slip(text):
    assert not mistyped(text)
