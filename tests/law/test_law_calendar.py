"""Working days of Armenia."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wpis.law.calendar import (
    Calendar,
    add_working_days,
    calendar,
    is_working_day,
    read_calendar,
    working_days_between,
)

days = st.dates(date(2005, 1, 1), date(2060, 12, 31))
spans = st.integers(0, 800)

VECTORS = [
    (date(2026, 11, 23), 5, date(2026, 11, 30)),
    (date(2026, 11, 23), 15, date(2026, 12, 14)),
    (date(2026, 12, 14), 15, date(2027, 1, 7)),
    (date(2026, 12, 28), 5, date(2027, 1, 7)),
    (date(2026, 12, 28), 15, date(2027, 1, 21)),
    (date(2027, 1, 4), 15, date(2027, 1, 26)),
    (date(2027, 4, 23), 15, date(2027, 5, 14)),
    (date(2027, 12, 20), 15, date(2028, 1, 12)),
]


@pytest.mark.parametrize(("start", "n", "end"), VECTORS)
def test_a_clock_starts_on_the_next_day(start: date, n: int, end: date) -> None:
    assert add_working_days(start, n) == end
    assert working_days_between(start, end) == n


@pytest.mark.parametrize(("year", "count"), [(2026, 252), (2027, 253)])
def test_a_year_has_its_number_of_working_days(year: int, count: int) -> None:
    assert working_days_between(date(year - 1, 12, 31), date(year, 12, 31)) == count


@pytest.mark.parametrize(
    ("year", "holidays"),
    [
        (2026, ["01-01", "01-02", "01-06", "01-28", "04-24", "05-01", "05-28", "09-21", "12-31"]),
        (2027, ["01-01", "01-06", "01-28", "03-08", "05-28", "07-05", "09-21", "12-31"]),
    ],
)
def test_these_weekdays_are_holidays(year: int, holidays: list[str]) -> None:
    every = (date(year, 1, 1) + timedelta(n) for n in range(365))
    free = [day for day in every if day.weekday() < 5 and not is_working_day(day)]
    assert [f"{day:%m-%d}" for day in free] == holidays


def test_there_are_twelve_holidays_now() -> None:
    assert len([h for h in calendar().holidays if h.since <= date(2026, 1, 1) and h.until is None]) == 12


def test_the_days_around_christmas_were_free_until_2021() -> None:
    assert not is_working_day(date(2021, 1, 4))
    assert not is_working_day(date(2021, 1, 7))
    assert is_working_day(date(2022, 1, 4))
    assert is_working_day(date(2022, 1, 7))


def test_a_holiday_on_a_weekend_gives_no_substitute_day() -> None:
    assert date(2027, 5, 1).weekday() == 5
    assert is_working_day(date(2027, 5, 3))


def test_zero_working_days_end_where_they_start_even_on_a_day_off() -> None:
    assert add_working_days(date(2026, 11, 22), 0) == date(2026, 11, 22)


def test_a_term_cannot_be_negative() -> None:
    with pytest.raises(ValueError, match="-1"):
        add_working_days(date(2026, 11, 23), -1)


def test_a_moment_is_not_a_day() -> None:
    moment = datetime(2026, 11, 23, 22, tzinfo=UTC)
    for ask in (
        lambda: is_working_day(moment),
        lambda: add_working_days(moment, 1),
        lambda: working_days_between(moment, moment),
    ):
        with pytest.raises(TypeError, match="not a moment"):
            ask()


def test_a_government_swap_outranks_weekend_and_holiday(tmp_path: Path) -> None:
    file = tmp_path / "days.yaml"
    file.write_text(
        'holidays: [{day: "01-01", name: {en: x, hy: y}, from: 2020-01-01, reference: r, confidence: C}]\n'
        "swaps:\n"
        "  - {date: 2027-01-04, kind: day_off, source: a decision}\n"
        "  - {date: 2027-01-16, kind: working, source: a decision}\n"
        "  - {date: 2027-01-01, kind: working, source: a decision}\n",
        encoding="utf-8",
    )
    swapped = read_calendar(file)
    assert not swapped.is_working_day(date(2027, 1, 4))
    assert swapped.is_working_day(date(2027, 1, 16))
    assert swapped.is_working_day(date(2027, 1, 1))
    assert swapped.add_working_days(date(2027, 1, 1), 1) == date(2027, 1, 5)
    assert swapped.working_days_between(date(2027, 1, 15), date(2027, 1, 18)) == 2


def test_without_holidays_a_week_has_five_working_days() -> None:
    plain = Calendar([], {})
    assert plain.add_working_days(date(2026, 1, 1), 5) == date(2026, 1, 8)


@given(days, spans)
def test_adding_and_counting_are_inverse(day: date, n: int) -> None:
    assert working_days_between(day, add_working_days(day, n)) == n


@given(days, st.integers(1, 800))
def test_a_term_ends_on_a_working_day_after_its_start(day: date, n: int) -> None:
    end = add_working_days(day, n)
    assert end > day
    assert is_working_day(end)


@given(days, days, spans, spans)
def test_a_later_start_or_a_longer_term_never_ends_earlier(one: date, other: date, n: int, more: int) -> None:
    assert add_working_days(min(one, other), n) <= add_working_days(max(one, other), n)
    assert add_working_days(one, n) <= add_working_days(one, n + more)


@given(days, spans, spans)
def test_a_term_may_be_walked_in_two_steps(day: date, n: int, more: int) -> None:
    assert add_working_days(add_working_days(day, n), more) == add_working_days(day, n + more)


@given(days, days, days)
def test_counts_add_up_over_any_day_between(one: date, two: date, three: date) -> None:
    assert working_days_between(one, three) == working_days_between(one, two) + working_days_between(
        two, three
    )


@given(days, st.integers(0, 400))
def test_the_count_is_the_count_day_by_day(day: date, length: int) -> None:
    expected = sum(is_working_day(day + timedelta(n)) for n in range(1, length + 1))
    assert working_days_between(day, day + timedelta(length)) == expected
