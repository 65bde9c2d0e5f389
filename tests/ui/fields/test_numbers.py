"""Numbers of passports, companies and accounts: what is in front is understood, no sign becomes a letter."""

import pytest
from django import forms
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from permits.api.fields import program_field
from permits.parts import kinds
from wpis.ui.fields import AccountField, PassportNumberField, TaxNumberField

FIELDS: dict[str, tuple[type[forms.Field], kinds.Kind]] = {
    "passport": (PassportNumberField, kinds.PassportNumber()),
    "tax": (TaxNumberField, kinds.TaxNumber()),
    "account": (AccountField, kinds.Account()),
}

UNDERSTOOD = [
    ("passport", "AB№123456", "AB123456"),
    ("passport", "AB № 123456", "AB123456"),
    ("passport", "№ AB123456", "AB123456"),
    ("passport", "N°1234567", "1234567"),
    ("passport", "Nº 1234567", "1234567"),
    ("passport", "No. AB123456", "AB123456"),
    ("passport", "AB no. 123456", "AB123456"),
    ("passport", "AB number 123456", "AB123456"),
    ("passport", "Passport No: AB 123456", "AB123456"),
    ("passport", "паспорт № AB123456", "AB123456"),
    ("passport", "серия AB № 123456", "AB123456"),
    ("passport", "Անձնագիր՝ AB123456".replace("՝", ""), "AB123456"),
    ("passport", "NO1234567", "NO1234567"),
    ("passport", "NO 1234567", "NO1234567"),
    ("passport", "AB1234567<", "AB1234567"),
    ("passport", "ＡＢ１２３４５６", "AB123456"),
    ("passport", "\u200bab\u00a0123\u2011456", "AB123456"),
    ("tax", "ՀՎՀՀ 01234567", "01234567"),
    ("tax", "HVHH: 01234567", "01234567"),
    ("tax", "№01234567", "01234567"),
    ("account", "IBAN AM12345678901234", "AM12345678901234"),
    ("account", "IBAN: AM12 3456 7890 1234", "AM12345678901234"),
    ("account", "iban am12345678901234", "AM12345678901234"),
    ("account", "IBANAM12345678901234", "AM12345678901234"),
    ("account", "Account No. 220-123-4567", "2201234567"),
    ("account", "р/с 1930 1234567890", "19301234567890"),
    ("account", "հ/հ 1930 1234567890", "19301234567890"),
]


@pytest.mark.parametrize(("name", "typed", "kept"), UNDERSTOOD)
def test_words_and_signs_that_say_number_are_no_part_of_it(name: str, typed: str, kept: str) -> None:
    field, kind = FIELDS[name]
    assert field().clean(typed) == kept
    assert program_field(kind).run_validation(typed) == kept


QUOTED = [
    ("passport", "АВ123456", "“А” (a Cyrillic letter)"),
    ("passport", "ΑΒ123456", "“Α” (a Greek letter)"),
    ("passport", "AB123456Օ", "“Օ” (an Armenian letter)"),
    ("passport", "AB12½456", "“½”"),
    ("passport", "AB①23456", "“①”"),
    ("passport", "ﬁ123456", "“ﬁ”"),
    ("passport", "ß123456", "“ß”"),
    ("passport", "AB™123456", "“™”"),
    ("passport", "12/345678", "“/”"),
    ("tax", "0123456٧", "“٧”"),
    ("tax", "О1234567", "“О” (a Cyrillic letter)"),
    ("account", "АМ12345678901234", "“А” (a Cyrillic letter)"),
    ("account", "AM1234567890²", "“²”"),
]


@pytest.mark.parametrize(("name", "typed", "sign"), QUOTED)
def test_a_sign_that_is_refused_is_quoted(name: str, typed: str, sign: str) -> None:
    field, kind = FIELDS[name]
    with pytest.raises(ValidationError) as caught:
        field().clean(typed)
    assert sign in caught.value.messages[0]
    with pytest.raises(Exception, match="These cannot be used"):
        program_field(kind).run_validation(typed)


IMPOSSIBLE = [
    ("passport", "0000000"),
    ("passport", "A0000000"),
    ("passport", "AB 000000"),
    ("tax", "00000000"),
    ("account", "00000000"),
    ("account", "AM00 0000 0000 0000"),
    ("account", "AM12 0000 0000 0000"),
]


@pytest.mark.parametrize(("name", "typed"), IMPOSSIBLE)
def test_a_number_that_nobody_has_is_refused(name: str, typed: str) -> None:
    field, kind = FIELDS[name]
    with pytest.raises(ValidationError) as caught:
        field().clean(typed)
    assert caught.value.code == "unreal"
    with pytest.raises(Exception, match="has this"):
        program_field(kind).run_validation(typed)


@pytest.mark.parametrize(("name", "typed"), [("passport", "A0000001"), ("account", "1000000000")])
def test_a_number_with_many_noughts_is_one(name: str, typed: str) -> None:
    assert FIELDS[name][0]().clean(typed) == typed


@given(st.text(min_size=1, max_size=12))
def test_no_letter_is_kept_that_was_not_typed(typed: str) -> None:
    try:
        kept = PassportNumberField().clean(f"{typed}12345")
    except ValidationError:
        return
    from_wide = {chr(sign): chr(sign - 0xFEE0) for sign in range(0xFF01, 0xFF5F)}
    seen = [from_wide.get(sign, sign) for sign in f"{typed}12345"]
    seen = [sign.upper() for sign in seen if sign.isascii()]
    for letter in kept:
        assert letter in seen
        seen.remove(letter)
