"""Form fields accept common spellings, and otherwise say what to do."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from wpis.ui.fields import (
    DateField,
    MoneyField,
    PassportNumberField,
    PhoneField,
    SeveralField,
    TaxNumberField,
    YesNoField,
)


@pytest.mark.parametrize(
    "typed",
    [
        "150000",
        "150 000",
        "150.000",
        "150,000",
        "150\u00a0000",
        "150'000",
        " 150 000 ֏ ",
        "150 000,00",
        "150000.00",
    ],
)
def test_an_amount_may_be_grouped_in_every_usual_way(typed):
    assert MoneyField().clean(typed) == 150_000


@pytest.mark.parametrize("typed", ["abc", "15 00", "1.5", "-5", "150 000 USD", "1,50,000", "150..000", "1e5"])
def test_what_is_no_amount_of_whole_drams_is_refused(typed):
    with pytest.raises(ValidationError, match="whole drams"):
        MoneyField().clean(typed)


def test_an_amount_has_a_smallest_and_a_largest_value():
    with pytest.raises(ValidationError):
        MoneyField(min_value=75_000).clean("74 999")
    with pytest.raises(ValidationError):
        MoneyField().clean("9" * 15)


def test_a_known_amount_is_shown_grouped_and_a_typed_one_as_it_was_typed():
    assert MoneyField().prepare_value(75_000) == "75\u00a0000"
    assert MoneyField().prepare_value("75,0") == "75,0"


def test_an_optional_amount_may_be_left_empty():
    assert MoneyField(required=False).clean("") is None


def boxes(day="", month="", year=""):
    return {"day": day, "month": month, "year": year}


def test_a_date_in_three_boxes_is_a_date():
    assert DateField().clean(boxes("27", "3", "1994")) == datetime.date(1994, 3, 27)
    assert DateField().clean("1994-03-27") == datetime.date(1994, 3, 27)
    assert DateField(required=False).clean(boxes()) is None


@pytest.mark.parametrize(
    ("typed", "code", "parts"),
    [
        (boxes("27", "", "1994"), "incomplete", ["month"]),
        (boxes("", "", "1994"), "incomplete", ["day", "month"]),
        (boxes("32", "3", "1994"), "day", ["day"]),
        (boxes("27", "13", "1994"), "month", ["month"]),
        (boxes("27", "Marz", "1994"), "month", ["month"]),
        (boxes("27", "3", "94"), "year", ["year"]),
        (boxes("31", "2", "1994"), "unreal", ["day", "month"]),
        (boxes("²", "2", "1994"), "day", ["day"]),
    ],
)
def test_a_wrong_date_names_the_box(typed, code, parts):
    with pytest.raises(ValidationError) as caught:
        DateField().clean(typed)
    assert caught.value.code == code
    assert caught.value.params
    assert caught.value.params["parts"] == parts
    assert caught.value.messages[0]


def test_a_date_changes_only_when_the_day_changes():
    day = datetime.date(1994, 3, 27)
    assert not DateField().has_changed(day, boxes("27", "03", "1994"))
    assert DateField().has_changed(day, boxes("28", "3", "1994"))
    assert DateField().has_changed(day, boxes("28", "x", "1994"))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("099 123456", "+37499123456"),
        ("+374 99 12-34-56", "+37499123456"),
        ("00374 99 123456", "+37499123456"),
        ("+91 98765 43210", "+919876543210"),
        ("+98 912 345 6789", "+989123456789"),
    ],
)
def test_phone_numbers_of_any_country_are_kept_in_one_spelling(typed, kept):
    assert PhoneField().clean(typed) == kept


@pytest.mark.parametrize("typed", ["12", "099 12345", "phone", "+374 00 000000", "+1"])
def test_what_cannot_be_dialled_is_no_phone_number(typed):
    with pytest.raises(ValidationError, match="phone number"):
        PhoneField().clean(typed)


def test_a_kept_phone_number_is_shown_in_groups():
    assert PhoneField().prepare_value("+37499123456") == "+374 99 123456"
    assert PhoneField().prepare_value("09912") == "09912"
    assert PhoneField().prepare_value("+999999999999999999") == "+999999999999999999"


def test_a_passport_number_loses_its_spaces_and_small_letters():
    assert PassportNumberField().clean(" n 1234-567 ") == "N1234567"


@pytest.mark.parametrize("typed", ["А1234567", "N12", "N1234567!", "N" * 21])
def test_a_passport_number_has_latin_letters_and_digits_only(typed):
    with pytest.raises(ValidationError, match="Latin letters and digits"):
        PassportNumberField().clean(typed)


def test_a_tax_number_keeps_its_first_zero():
    assert TaxNumberField().clean("0123 4567") == "01234567"


@pytest.mark.parametrize("typed", ["1234567", "123456789", "1234567a", "١٢٣٤٥٦٧٨"])
def test_a_tax_number_has_eight_digits(typed):
    with pytest.raises(ValidationError, match="8 digits"):
        TaxNumberField().clean(typed)


def test_yes_no_and_no_answer_are_three_things():
    assert YesNoField().clean("yes") is True
    assert YesNoField().clean("no") is False
    assert YesNoField(required=False).clean("") is None
    with pytest.raises(ValidationError):
        YesNoField().clean("")
    with pytest.raises(ValidationError):
        YesNoField().clean("perhaps")


def test_a_stored_answer_is_shown_as_its_word():
    assert YesNoField().prepare_value(True) == "yes"
    assert YesNoField().prepare_value(False) == "no"
    assert YesNoField().prepare_value(None) is None
    assert not YesNoField().has_changed(False, "no")


def test_several_answers_come_back_as_a_list():
    field = SeveralField(choices=[("hy", "Armenian"), ("hi", "Hindi")], required=False)
    assert field.clean(["hy", "hi"]) == ["hy", "hi"]
    assert field.clean([]) == []
