"""A date of which a part may be unknown: its texts, its bounds, the ages that it allows."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from permits.submissions.canonical import canonical_text
from wpis.dates.partial import PartialDate

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@st.composite
def partial_dates(draw: st.DrawFn) -> PartialDate:
    """Any date, with one, two or three of its parts known."""
    day = draw(DAYS)
    parts = (day.year, day.month, day.day)
    return PartialDate(*parts[: draw(st.integers(1, 3))])


@given(partial_dates())
def test_its_text_is_that_of_iso_8601_and_is_read_back(when: PartialDate) -> None:
    assert PartialDate.parse(when.isoformat()) == when
    assert json.loads(canonical_text({"born": when})) == {"born": str(when)}


@given(DAYS)
def test_one_that_is_known_to_the_day_is_that_day(day: date) -> None:
    whole = PartialDate.of(day)
    assert whole == day
    assert hash(whole) == hash(day)
    assert canonical_text({"born": whole}) == canonical_text({"born": day}), (
        "an older snapshot keeps its digest"
    )
    assert (whole.earliest, whole.latest, whole.whole) == (day, day, day)
    assert PartialDate(day.year, day.month) != day


@given(partial_dates(), DAYS)
def test_the_ages_are_those_of_the_days_that_are_possible(born: PartialDate, on: date) -> None:
    youngest, oldest = born.ages(on)
    assert 0 <= oldest - youngest <= 1
    for day in (born.earliest, born.latest):
        years = on.year - day.year - ((on.month, on.day) < (day.month, day.day))
        assert youngest <= years <= oldest


@given(partial_dates(), partial_dates())
def test_two_contradict_each_other_when_no_day_is_both(one: PartialDate, other: PartialDate) -> None:
    assert one.contradicts(other) == other.contradicts(one)
    common = max(one.earliest, other.earliest) <= min(one.latest, other.latest)
    assert one.contradicts(other) is not common


@pytest.mark.parametrize(
    "text",
    *[
        [
            "",
            "91",
            "1991-",
            "1991-3",
            "1991-00",
            "1991-13",
            "1991-02-30",
            "1991--27",
            "١٩٩١",
            "1991-03-27T00",
            "0000",
        ]
    ],
)
def test_what_no_calendar_has_is_no_date(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        PartialDate.parse(text)


def test_a_day_without_its_month_is_no_part_of_a_date() -> None:
    with pytest.raises(ValueError, match="without a month"):
        PartialDate(1991, None, 27)
