"""A date of birth that is known in part: a child is presumed, the law treats what is unknown as unknown."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.facts.from_submission import facts
from alerts.models import Finding
from tests.factories.records import a_record
from tests.factories.screening import screen
from wpis.dates.partial import PartialDate

STARTS = {"starts_on": date(2026, 8, 1), "ends_on": date(2027, 7, 31)}


def found(born: PartialDate, **worker: Any) -> dict[str, Any]:
    return facts(a_record(worker={"birth_date": born, **worker}, terms={**STARTS, "weekly_hours": 40.0}))


@pytest.mark.parametrize(
    ("born", "age", "limit", "minimum"),
    [
        (PartialDate(1991), 34, 48, 75_000),
        (PartialDate(2007), 18, 48, 75_000),
        (PartialDate(2008), 17, None, None),
        (PartialDate(2008, 7), 18, 48, 75_000),
        (PartialDate(2008, 8), 17, None, None),
        (PartialDate(2008, 9), 17, 36, 75_000),
        (PartialDate(2009), 16, 36, 75_000),
        (PartialDate(2010), 15, None, None),
        (PartialDate(2011), 14, 24, 75_000),
    ],
)
def test_the_youngest_age_is_presumed_and_the_lawful_week_is_known_only_where_all_ages_share_it(
    born: PartialDate, age: int, limit: int | None, minimum: int | None
) -> None:
    made = found(born)
    assert (made["age_years"], made["weekly_hours_limit"], made["minimum_gross"]) == (age, limit, minimum)
    assert made["not_computed"] == [], "unknown is not a defect"


@given(st.dates(date(1950, 1, 1), date(2012, 12, 31)), st.integers(1, 3))
def test_what_is_known_of_a_part_holds_for_every_day_of_it(day: date, known: int) -> None:
    born = PartialDate(*(day.year, day.month, day.day)[:known])
    part, whole = found(born), found(PartialDate.of(day))
    assert part["age_years"] <= whole["age_years"]
    for fact in ("weekly_hours_limit", "minimum_gross"):
        assert part[fact] in (None, whole[fact])


@pytest.mark.parametrize(
    ("typed", "printed", "differ"),
    [
        (PartialDate(1991), PartialDate(1991), False),
        (PartialDate(1991, 3, 27), PartialDate(1991, 3, 27), False),
        (PartialDate(1991, 3, 27), PartialDate(1991, 3, 28), True),
        (PartialDate(1991), PartialDate(1994), True),
        (PartialDate(1991, 3), PartialDate(1991, 4, 1), True),
        (PartialDate(1991), PartialDate(1991, 3, 27), None),
        (PartialDate(1991, 3, 27), PartialDate(1991), None),
        (PartialDate(1991), None, None),
    ],
)
def test_two_dates_differ_when_they_contradict_each_other(
    typed: PartialDate, printed: PartialDate | None, differ: bool | None
) -> None:
    assert found(typed, mrz_birth_date=printed)["birth_dates_differ"] is differ


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("born", "child"),
    [
        (PartialDate(2008), True),
        (PartialDate(2008, 8), True),
        (PartialDate(2007), None),
        (PartialDate(1991), None),
    ],
)
def test_the_published_rules_find_a_child_wherever_the_known_part_allows_one(
    born: PartialDate, child: bool | None
) -> None:
    changes = {"worker": {"birth_date": born, "mrz_birth_date": born}, "terms": STARTS}
    (screened,) = screen([a_record(**changes)])
    hits = set(Finding.objects.filter(screening=screened, outcome="hit").values_list("indicator", flat=True))
    assert ("A14" in hits) is bool(child)
