"""When the law wants something done."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wpis.law import NotInForce, decision_due, in_force
from wpis.law.calendar import add_working_days, is_working_day, working_days_between
from wpis.law.deadline import TermUnit, add_term, answer_due, appeal_due, reapplication_allowed_from

LAST_DAY_OF_R2022 = date(2026, 10, 31)
FIRST_DAY_OF_R2026 = date(2026, 11, 1)


@pytest.mark.parametrize(
    ("submitted", "due"),
    [
        (date(2025, 3, 14), date(2025, 5, 14)),
        (date(2025, 12, 31), date(2026, 2, 28)),
        (LAST_DAY_OF_R2022, date(2026, 12, 31)),
        (FIRST_DAY_OF_R2026, date(2026, 12, 1)),
        (date(2026, 11, 21), date(2026, 12, 21)),
    ],
)
def test_the_regime_of_the_day_of_submission_sets_the_term(submitted: date, due: date) -> None:
    assert decision_due(submitted) == due


def test_there_is_no_term_before_the_first_regime() -> None:
    with pytest.raises(NotInForce):
        decision_due(date(2021, 12, 31))


def test_the_clock_stands_still_while_the_applicant_answers() -> None:
    pauses = [(date(2026, 11, 24), date(2026, 11, 27)), (date(2026, 12, 1), date(2026, 12, 1))]
    assert decision_due(date(2026, 11, 21), pauses) == date(2026, 12, 24)


def test_a_pause_cannot_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="before it starts"):
        decision_due(date(2026, 11, 21), [(date(2026, 11, 27), date(2026, 11, 24))])


def test_an_answer_has_three_days_in_r2026_and_longer_before() -> None:
    assert answer_due(date(2026, 11, 23), submitted=FIRST_DAY_OF_R2026) == date(2026, 11, 26)
    # Asked after the change, but submitted before it: the older rule holds.
    assert answer_due(date(2026, 11, 23), submitted=LAST_DAY_OF_R2022) == add_working_days(
        date(2026, 11, 23), 10
    )


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        (date(2026, 11, 26), date(2026, 12, 1)),  # Thursday: Friday, Monday, Tuesday
        (date(2026, 11, 27), date(2026, 12, 2)),  # Friday evening: Monday, Tuesday, Wednesday
        (date(2026, 11, 28), date(2026, 12, 2)),
        (date(2026, 12, 30), date(2027, 1, 7)),  # over the New Year holidays
    ],
)
def test_a_question_before_days_off_leaves_three_whole_working_days(asked: date, due: date) -> None:
    assert answer_due(asked, submitted=FIRST_DAY_OF_R2026) == due


@given(st.dates(FIRST_DAY_OF_R2026, date(2032, 12, 31)))
def test_an_answer_is_due_on_a_working_day_after_as_many_whole_ones_as_the_law_says(asked: date) -> None:
    due = answer_due(asked, submitted=asked)
    assert is_working_day(due)
    assert working_days_between(asked, due) == in_force(asked).answer_days


def test_an_appeal_has_two_months() -> None:
    assert appeal_due(date(2026, 12, 30)) == date(2027, 2, 28)


def test_a_refused_person_may_apply_again_after_a_year() -> None:
    assert reapplication_allowed_from(date(2024, 2, 29)) == date(2025, 2, 28)


@pytest.mark.parametrize(
    ("start", "length", "unit", "end"),
    [
        (date(2026, 11, 23), 5, TermUnit.WORKING_DAYS, date(2026, 11, 30)),
        (date(2026, 11, 23), 5, TermUnit.CALENDAR_DAYS, date(2026, 11, 28)),
        (date(2026, 8, 31), 6, TermUnit.MONTHS, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, TermUnit.MONTHS, date(2028, 2, 29)),
        (date(2026, 12, 15), 1, TermUnit.MONTHS, date(2027, 1, 15)),
        (date(2026, 1, 15), 24, TermUnit.MONTHS, date(2028, 1, 15)),
        (date(2026, 1, 15), 0, TermUnit.MONTHS, date(2026, 1, 15)),
    ],
)
def test_a_term_is_counted_in_its_unit(start: date, length: int, unit: TermUnit, end: date) -> None:
    assert add_term(start, length, unit) == end


@pytest.mark.parametrize("unit", TermUnit)
def test_a_term_cannot_be_negative(unit: TermUnit) -> None:
    with pytest.raises(ValueError, match="-1"):
        add_term(date(2026, 11, 23), -1, unit)


@given(st.dates(FIRST_DAY_OF_R2026, date(2040, 1, 1)), st.lists(st.integers(0, 30), max_size=4))
def test_every_paused_day_moves_the_promise_by_one(submitted: date, lengths: list[int]) -> None:
    pauses = [(submitted, submitted + timedelta(length)) for length in lengths]
    assert decision_due(submitted, pauses) == decision_due(submitted) + timedelta(sum(lengths))
