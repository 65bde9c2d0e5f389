"""Dates and amounts as people type and paste them: what is certain is read, what could mean two things is asked."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from permits.api.fields import program_field
from permits.parts import kinds
from wpis.dates.partial import PartialDate
from wpis.ui.fields import DateField, MoneyField, PartialDateField

MARCH = date(1994, 3, 27)
UNSEEN = ["\u200b", "\u200e", "\u202f", "\u00a0", "\ufeff", "\u2009", "\u2060"]


def boxes(day: str = "", month: str = "", year: str = "") -> dict[str, str]:
    return {"day": day, "month": month, "year": year}


@pytest.mark.parametrize("sign", UNSEEN)
def test_what_nobody_sees_is_no_part_of_a_date_or_an_amount(sign: str) -> None:
    assert DateField().clean(boxes(f"{sign}27{sign}", f"3{sign}", f"{sign}1994{sign}")) == MARCH
    assert DateField().clean(boxes("27", f"{sign}March{sign}", "1994")) == MARCH
    assert MoneyField().clean(f"{sign}150{sign}000{sign}") == 150_000
    assert program_field(kinds.PartialDay()).run_validation(f"{sign}1994-03-27{sign}") == PartialDate.of(
        MARCH
    )
    assert program_field(kinds.Day()).run_validation(f"{sign}1994-03-27{sign}") == MARCH


@pytest.mark.parametrize(
    "typed",
    [
        boxes("27.", "3.", "1994."),
        boxes("27", "3", "1994 г."),
        boxes("27", "3", "1994г"),
        boxes("27", "марта", "1994 года"),
        boxes("27", "մարտի", "1994թ."),
        boxes("27", "մարտ", "1994 թվականի"),
        boxes("27th", "March", "1994"),
        boxes("27,", "Mar.", "1994"),
        boxes("２７", "３", "１９９４"),
    ],
)
def test_what_is_written_behind_a_number_of_a_date_is_understood(typed: dict[str, str]) -> None:
    assert DateField().clean(typed) == MARCH


@pytest.mark.parametrize(
    "whole",
    [
        "27.03.1994",
        "27. 3. 1994",
        "27.3.1994 г.",
        "27.03.1994թ.",
        "1994-03-27",
        "1994/3/27",
        "1994.03.27",
        "27/03/1994",
        "27-03-1994",
        "27 03 1994",
        "27 March 1994",
        "27-Mar-1994",
        "March 27, 1994",
        "27 марта 1994 г.",
        "27 մարտի 1994 թ.",
        "\u200e27.03.\u200b1994",
    ],
)
@pytest.mark.parametrize("box", ["day", "month", "year"])
def test_a_whole_date_in_one_box_is_that_date(box: str, whole: str) -> None:
    assert DateField().clean(boxes(**{box: whole})) == MARCH
    assert PartialDateField().clean(boxes(**{box: whole})) == PartialDate.of(MARCH)


@pytest.mark.parametrize(
    "whole", ["03/04/1994", "3-4-1994", "27.03.94", "27.13.1994", "1994-13-27", "27 foo 1994"]
)
@pytest.mark.parametrize("box", ["day", "month", "year"])
def test_what_could_be_two_dates_or_none_is_asked_for(box: str, whole: str) -> None:
    with pytest.raises(ValidationError):
        DateField().clean(boxes(**{box: whole}))


def test_a_whole_date_beside_other_boxes_is_not_guessed_from() -> None:
    with pytest.raises(ValidationError):
        DateField().clean(boxes("27.03.1994", "4", "1994"))


@pytest.mark.parametrize(
    "typed", ["150 000 AMD", "AMD 150000", "150 000 դրամ", "150 000 драм", "150 000 др.", "֏150,000"]
)
def test_the_name_of_the_dram_is_no_part_of_an_amount(typed: str) -> None:
    assert MoneyField().clean(typed) == 150_000


@pytest.mark.parametrize("typed", ["150\u200b 00", "150 ֏ 000", "150 000 EUR", "150 000 $", "15\u202f00"])
def test_an_amount_is_still_refused_where_it_is_in_doubt(typed: str) -> None:
    with pytest.raises(ValidationError):
        MoneyField().clean(typed)
