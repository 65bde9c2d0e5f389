"""References: the check letter tells a mistyped reference from one that does not exist."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from permits.references import LETTERS
from permits.references import new as new_of_permits
from permits.references import readings as of_permits
from wpis import references
from wpis.references import ALPHABET, check_letter, mistyped, tidy

BODY = st.text(st.sampled_from(ALPHABET), min_size=12, max_size=13)


@pytest.mark.parametrize(("prefix", "length"), [("WP", 16), ("P", 16)])
def test_a_fresh_reference_bears_its_own_check_letter(prefix, length):
    fresh = new_of_permits(prefix)
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


@pytest.mark.parametrize(
    ("prefix", "letters", "block", "shape"),
    [
        ("S", 8, 4, r"S-[{0}]{{4}}-[{0}]{{4}}"),
        ("C", 10, 0, r"C-[{0}]{{10}}"),
        ("X", 5, 4, r"X-[{0}]{{4}}-[{0}]"),
    ],
)
def test_a_reference_without_check_letter_has_the_length_and_the_blocks_that_were_asked(
    prefix, letters, block, shape
):
    fresh = {references.new(prefix, letters, block=block) for _ in range(1000)}
    assert all(re.fullmatch(shape.format(ALPHABET), one) for one in fresh)
    assert len(fresh) > 990


@given(body=BODY)
def test_a_reference_read_aloud_and_typed_with_look_alikes_is_the_same_reference(body):
    typed = f" wp-{body[:4]} {body[4:8]}-{body[8:]} ".lower().replace("0", "o").replace("1", "l")
    assert tidy(typed) == f"WP-{body}"


@pytest.mark.parametrize(
    "around",
    [
        "Permit {}", "permit no. {}", "Work permit number: {}", "No {}", "No. {}", "N {}", "N° {}", "№{}", "№ {}",
        "#{}", "Ref. {}", "Reference: {}", "application {}", "Разрешение {}", "Номер разрешения: {}", "Разрешение № {}",
        "Дело {}", "Թույլտվություն {}", "Թույլտվության համարը՝ {}", "Հայտ {}", "“{}”", "«{}».", "({})",
        "{}.", "{},", "{};",
        "{}\n", "Permit\r\n{}", "\u202a{}\u202c", "Permit – {}", "https://wpis.am/check/{}", "https://wpis.am/check/{}/.",
        "https://wpis.am/en/check/?number={}", "https://wpis.am/check/?lang=ru&number={}#top", "wpis.am/check/{}",
        "http://localhost:8001/permit/{}?x=1#a", "/check/?number={}", "<https://wpis.am/check/{}>", "?number={}",
    ],
)  # fmt: skip
@pytest.mark.parametrize("prefix", ["P", "WP", "Р"])
def test_a_reference_is_read_out_of_what_people_write_around_it(around, prefix):
    latin = prefix.replace("Р", "P")
    body = "7K3M9QXD2FH04"[: LETTERS[latin]]
    body += check_letter(body)
    for dash in ("-", "–", "\u2011", "—", "−", "", " ", " - "):
        typed = around.format(f"{prefix}{dash}{body}")
        assert f"{latin}-{body}" in of_permits(typed, latin), typed


@pytest.mark.parametrize(
    "typed", ["http://[", "https://", "/check/", "No", "№", "Permit", "?number=", "x" * 5000, "№ " * 2000]
)
def test_words_without_a_reference_are_read_as_none_that_exists(typed):
    assert not any(len(found) == 16 for found in of_permits(typed, "P"))
