"""Signs of typed text: invisible ones, look-alikes, line breaks."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wpis.languages.signs import clean_address, code_signs, is_invisible, one_break, without_invisible

UNSEEN = (
    "\u200b\u200c\u200d\u200e\u200f\u202a\u202e\u2060\u2066\u2069\ufeff\u00ad\u061c\u180e\u3164\ufe0f\x00\x1b"
)


@pytest.mark.parametrize("typed", ["a\r\nb", "a\rb", "a\nb", "a\u2028b", "a\u2029b", "a\x85b"])
def test_a_line_break_is_one_sign_however_it_is_sent(typed):
    assert one_break(typed) == "a\nb"


@given(st.text())
def test_an_empty_line_stays_one(text):
    assert one_break(text.replace("\r", "") + "\r\n\r\nx").endswith("\n\nx")


@pytest.mark.parametrize("sign", UNSEEN)
def test_what_nobody_sees_is_taken_out_wherever_it_stands(sign):
    assert without_invisible(f"{sign}an{sign}i@x.am{sign}") == "ani@x.am"
    assert clean_address(f" {sign} ani@x.am {sign} ") == "ani@x.am"
    assert code_signs(f"{sign}P-12{sign}") == "P12"


@given(st.text())
def test_what_is_seen_stays(text):
    left = without_invisible(text)
    assert left == "".join(sign for sign in text if sign in left and not is_invisible(sign))
    assert not any(unicodedata.category(sign) == "Cf" for sign in left)
    assert without_invisible(left) == left


@pytest.mark.parametrize("typed", ["Р-АВЕК", "Ρ–ΑΒΕΚ", "р авек.", "ＰＡＢＥＫ", "p‑a‑b‑e‑k", "«Р/АВЕК»"])
def test_a_code_in_letters_that_look_alike_is_the_same_code(typed):
    assert code_signs(typed) == "PABEK"
