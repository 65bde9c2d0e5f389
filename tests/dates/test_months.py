"""A month is understood by its name in every language of the service, in full or shortened."""

import pytest

from wpis.dates.months import month_of


@pytest.mark.parametrize(
    ("typed", "month"),
    [
        *(("Mar", 3), ("march", 3), ("MAR.", 3), ("Sept", 9), ("Jun", 6), ("may", 5)),
        *(("մարտ", 3), ("Մարտի", 3), ("մրտ", 3), ("հունիսի", 6), ("հուլ", 7), ("ՍԵՊ.", 9), ("մայիս", 5)),
        *(("март", 3), ("Марта", 3), ("мар.", 3), ("мая", 5), ("июн", 6), ("сентября", 9), ("нояб", 11)),
    ],
)
def test_a_name_is_understood(typed: str, month: int) -> None:
    assert month_of(typed) == month


@pytest.mark.parametrize("typed", ["", "ma", "ju", "հուն", "ма", "marz", "3", "13", "mar 27", "monday"])
def test_what_is_no_month_or_could_be_several_is_not_guessed(typed: str) -> None:
    assert month_of(typed) is None
