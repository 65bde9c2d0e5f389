"""A new version of the builder gives all history the facts it would have built then, and changes nothing old."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from io import StringIO
from itertools import groupby, zip_longest
from typing import Any
from unittest.mock import patch
from uuid import UUID

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from alerts.facts import builder, from_submission, rebuild
from alerts.models import Facts, Finding, Identifier, Screening
from alerts.models.facts import names
from alerts.rules.backtest import backtest
from permits import feed
from permits.feed import SubmissionRecord
from tests.conftest import standing_on
from tests.factories.records import AT, a_record
from tests.factories.rulesets import changed, document, live, publish, rule_of
from tests.factories.screening import DEBT, screen

pytestmark = pytest.mark.django_db

HOUSE = {"address": "3 Ring Road, Yerevan", "province": "AM-ER", "capacity": 2}
real_facts = from_submission.facts


def history() -> list[SubmissionRecord]:
    """Nine submissions of six days in one house, three of them filed at one moment; two are of one worker."""
    days = [0, 1, 2, 2, 2, 3, 4, 5]
    records = [
        a_record(housing=HOUSE, submitted_at=AT + timedelta(days=day), **(DEBT if day == 3 else {}))
        for day in days
    ]
    again = a_record(
        worker=records[0].worker,
        employer=records[0].employer,
        application=records[0].application,
        housing=HOUSE,
        submitted_at=AT + timedelta(days=5, hours=1),
    )
    return [*records, again]


@contextmanager
def version_two() -> Iterator[None]:
    """A builder that knows what the first one left unknown, and counts a year less generously."""

    def facts(record: SubmissionRecord) -> dict[str, Any]:
        return {**real_facts(record), "persons_per_room": len(record.worker.surname), "adult_age": 21}

    with (
        patch.object(builder, "VERSION", 2),
        patch.object(from_submission, "facts", facts),
        patch.object(builder, "WINDOW", timedelta(days=3)),
    ):
        yield


@contextmanager
def the_door(records: list[SubmissionRecord]) -> Iterator[None]:
    by_id = {record.submission: record for record in records}

    def found(keys: Any) -> list[SubmissionRecord]:
        chosen = [by_id[key] for key in keys if key in by_id]
        return sorted(chosen, key=lambda record: (record.submitted_at, record.submission))

    with patch.object(feed, "records", found):
        yield


def built(version: int) -> dict[UUID, dict[str, Any]]:
    """The facts of one version by submission, without the ids of their rows."""
    columns = ["submission_id", "application", "employer", "submitted_at", *names()]
    rows = Facts.objects.filter(builder_version=version).values(*columns)
    return {row["submission_id"]: row for row in rows}


def as_if_built_then(records: list[SubmissionRecord]) -> dict[UUID, dict[str, Any]]:
    """What the second version would have built had it been the code when each was filed; leaves no trace."""
    with transaction.atomic(), version_two():
        for _, filed_together in groupby(records, key=lambda record: record.submitted_at):
            screen(filed_together)
        found = built(2)
        transaction.set_rollback(True)
    return found


def everything_else() -> list[Any]:
    """Every stored row that a rebuild must leave alone."""
    models = (Identifier, Screening, Finding)
    old = Facts.objects.filter(builder_version=1).order_by("pk")
    return [list(old.values()), *[list(model.objects.order_by("pk").values()) for model in models]]


@pytest.fixture
def records() -> list[SubmissionRecord]:
    """Screened by the first version, all together, after the last of them was filed."""
    records = history()
    screen(records)
    return records


def finish(batch: int = 2) -> rebuild.Progress:
    *_, last = rebuild.rebuild(batch)
    return last


@pytest.mark.parametrize("batch", [1, 2, 4, 500])
def test_every_submission_gets_the_row_that_would_have_been_built_then(batch: int) -> None:
    records = history()
    expected = as_if_built_then(records)
    assert len({row["address_workers"] for row in expected.values()}) > 2, "the test proves nothing otherwise"
    screen(records)
    before = everything_else()
    with version_two(), the_door(records):
        assert finish(batch) == rebuild.Progress(rebuilt=9, failed=0)
    assert built(2) == expected
    assert everything_else() == before, "a rebuild appends and changes nothing"


def test_old_findings_keep_the_row_they_were_made_from(records: list[SubmissionRecord]) -> None:
    linked = dict(Screening.objects.values_list("pk", "facts"))
    with version_two(), the_door(records):
        finish()
        assert dict(Screening.objects.values_list("pk", "facts")) == linked
        assert set(Screening.objects.values_list("facts__builder_version", flat=True)) == {1}
        (later,) = screen([a_record()])
        assert later.facts
        assert later.facts.builder_version == 2, "what is screened from now on is built anew"


def test_a_newer_ruleset_is_put_to_newer_facts_and_the_older_screening_stands(
    records: list[SubmissionRecord],
) -> None:
    publish(document(lambda document: document["levels"]["urgent"].update(hours=23)))
    with version_two(), the_door(records):
        screen(records)
    versions = Screening.objects.values_list("ruleset__version", "facts__builder_version").distinct()
    assert set(versions) == {("R2026.1", 1), ("R2026.2", 2)}
    assert Screening.objects.count() == 18


def test_what_was_filed_at_one_moment_is_never_parted() -> None:
    filed = [(record.submission, record.submitted_at) for record in history()]
    sizes = [len(batch) for batch in rebuild._batches(filed, 3)]
    assert sizes == [5, 3, 1], "the three of day 2 stay together"
    assert [len(batch) for batch in rebuild._batches(filed, 500)] == [9]
    assert list(rebuild._batches([], 3)) == []


@pytest.mark.parametrize("done", [0, 1, 3])
def test_a_run_that_was_killed_goes_on_where_it_stopped(records: list[SubmissionRecord], done: int) -> None:
    real, calls = builder.build, []

    def build(batch: Any) -> list[Facts]:
        rows = real(batch)
        calls.append(len(rows))
        if len(calls) == done + 1:
            Facts.objects.bulk_create(rows)  # written, never committed
            raise KeyboardInterrupt
        return rows

    with version_two(), the_door(records):
        with patch.object(builder, "build", build), pytest.raises(KeyboardInterrupt):
            finish()
        half = built(2)
        assert len(half) == sum(calls[:done])
        assert finish() == rebuild.Progress(rebuilt=9 - len(half), failed=0)
        assert list(rebuild.rebuild()) == [], "a third run finds nothing to do"
    whole = built(2)
    assert {key: whole[key] for key in half} == half
    assert len(whole) == 9


def test_a_killed_run_and_an_undisturbed_one_give_the_same(records: list[SubmissionRecord]) -> None:
    with version_two(), the_door(records):
        with transaction.atomic():
            finish(500)
            undisturbed = built(2)
            transaction.set_rollback(True)
        for _ in zip(range(2), rebuild.rebuild(2), strict=False):
            pass  # two batches, then the process is gone
        finish(3)
    assert built(2) == undisturbed


def test_a_submission_that_cannot_be_read_holds_up_nobody_else(records: list[SubmissionRecord]) -> None:
    with version_two(), the_door(records[1:]):
        assert finish(4) == rebuild.Progress(rebuilt=8, failed=1)
        assert [key for key, _ in rebuild.left()] == [records[0].submission]
    with version_two(), the_door(records):
        assert finish() == rebuild.Progress(rebuilt=1, failed=0)


def test_two_runs_at_once_do_no_harm(records: list[SubmissionRecord]) -> None:
    with version_two(), the_door(records):
        first, second = rebuild.rebuild(2), rebuild.rebuild(3)
        turns = [progress for pair in zip_longest(first, second) for progress in pair if progress]
        assert {progress.failed for progress in turns} == {0}
        assert len(built(2)) == Facts.objects.filter(builder_version=2).count() == 9


def test_nothing_is_left_while_the_builder_is_the_one_that_built(records: list[SubmissionRecord]) -> None:
    assert list(rebuild.rebuild()) == []
    assert Facts.objects.count() == 9


def test_five_hundred_take_as_many_queries_as_five() -> None:
    few, many = [a_record() for _ in range(5)], [a_record() for _ in range(500)]

    def count(records: list[SubmissionRecord]) -> int:
        screen(records)
        with version_two(), the_door(records), CaptureQueriesContext(connection) as queries:
            assert finish(500).failed == 0
        return len(queries)

    assert count(few) == count(many)


def test_the_command_says_what_is_left_and_works_on_the_protection_surface(
    records: list[SubmissionRecord],
) -> None:
    said = StringIO()
    with version_two(), the_door(records), standing_on("protection"):
        with pytest.raises(SystemExit) as left:
            call_command("rebuild_facts", "--check", stdout=said)
        assert left.value.code == 1
        call_command("rebuild_facts", "--batch", "4", stdout=said)
        assert rebuild.left().count() == 0
    assert "builder version 2: 9 submissions without facts of it" in said.getvalue()
    assert "rebuilt 9, failed 0" in said.getvalue()


def test_after_a_rebuild_a_backtest_answers_instead_of_unknown() -> None:
    records = [a_record(housing={"persons_per_room": None}) for _ in range(4)]
    crowded = changed(lambda document: rule_of(document, "A09")["thresholds"].update(persons=5))
    screen(records)
    assert backtest(crowded).rules["A09"].unknowns == 4
    with version_two(), the_door(records):
        waiting = backtest(crowded)
        assert (waiting.submissions, waiting.without_facts) == (0, 4), (
            "not rebuilt yet is not the same as clear"
        )
        finish()
        answered = backtest(crowded)
    assert (answered.submissions, answered.without_facts) == (4, 0)
    assert (answered.rules["A09"].hits, answered.rules["A09"].unknowns) == (4, 0)  # SHARMA has six letters


def test_a_backtest_agrees_with_screening() -> None:
    records = [a_record(**(DEBT if number % 2 else {})) for number in range(6)]
    screenings = screen(records)
    found = backtest(live())
    for id, answers in found.rules.items():
        stored = Finding.objects.filter(screening__in=screenings, indicator=id)
        assert answers.hits == stored.filter(outcome="hit").count()
        assert answers.unknowns == stored.filter(outcome="unknown").count()
        assert answers.clears == 6 - answers.hits - answers.unknowns
    assert found.typologies["debt_bondage"] == found.raised == 3
    assert sum(found.typologies.values()) == 3
