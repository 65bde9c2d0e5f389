"""People are told when a job waits too long: in the log, in the metrics and on the desk."""

import logging
from collections.abc import Callable
from datetime import timedelta
from time import monotonic
from typing import Any
from unittest.mock import patch

import psycopg2
import pytest
from django.db import connection
from django.test import override_settings
from django.utils import timezone

from permits.models import FeedItem
from referral.models import Reminder
from tests.conftest import standing_on
from tests.factories.permits import a_submitted_application, a_user
from wpis.accounts.roles import Role
from wpis.documents.queues import CheckedFile, FileCheck
from wpis.management.commands import ringer
from wpis.models import BackgroundJob
from wpis.outbox import OutboxRow, outboxes
from wpis.processes import waiting
from wpis.processes.due import DueQuestion

KEY = "b4c7b5c5-0000-4000-8000-000000000001"
TABLES: list[type[OutboxRow]] = [BackgroundJob, FeedItem, Reminder, FileCheck, CheckedFile]
SENT: dict[type[OutboxRow], dict[str, str]] = {FileCheck: {"party": KEY, "account": KEY}}
"""What the rows of a table have besides."""


def seconds(rows: type[OutboxRow], at: Any = None) -> int:
    with standing_on("protection"):
        return waiting.wait_of(rows, at or timezone.now()).seconds


@pytest.mark.django_db
def test_every_table_of_jobs_has_a_limit_and_a_name() -> None:
    assert set(outboxes()) == set(TABLES)
    for rows in TABLES:
        assert waiting.wait_of(rows, timezone.now()).limit > 0
        assert str(rows.label)


@pytest.mark.django_db
@pytest.mark.parametrize("rows", TABLES)
def test_the_oldest_job_that_is_due_is_counted_and_no_other(rows: type[OutboxRow]) -> None:
    now = timezone.now()
    assert seconds(rows, now) == 0
    old = now - timedelta(minutes=50)
    row = rows._default_manager.create(kind="x", key=KEY, created_at=old, due_at=old, **SENT.get(rows, {}))
    assert seconds(rows, now) == 3000
    for ended in ("done_at", "dead_at", "started_at"):
        rows._default_manager.update(done_at=None, dead_at=None, started_at=None)
        rows._default_manager.update(**{ended: now})
        assert seconds(rows, now) == 0, ended
    rows._default_manager.update(done_at=None, dead_at=None, started_at=None, due_at=now + timedelta(hours=1))
    assert seconds(rows, now) == 0, "it is not due"
    assert row.pk


@pytest.mark.django_db
def test_a_job_that_fails_again_and_again_waits_since_it_was_written() -> None:
    now = timezone.now()
    FeedItem.objects.create(kind="submission", key=KEY, created_at=now - timedelta(hours=1), due_at=now)
    FeedItem.objects.get().fail(now, ValueError())
    assert FeedItem.objects.get().due_at > now
    assert seconds(FeedItem, now) == 3600


@pytest.mark.django_db
def test_the_log_says_so_as_an_error(caplog: pytest.LogCaptureFixture) -> None:
    now = timezone.now()
    FeedItem.objects.create(kind="submission", key=KEY, created_at=now - timedelta(seconds=299), due_at=now)
    waiting.log_if_late(FeedItem, now)
    assert not caplog.records
    waiting.log_if_late(FeedItem, now + timedelta(seconds=2))
    (record,) = caplog.records
    assert record.levelno == logging.ERROR
    assert "waits_too_long permits_feeditem: 301 s, limit 300 s" in record.getMessage()


@pytest.mark.django_db
def test_the_metrics_of_the_third_surface_say_so_and_those_of_the_others_nothing(client_on: Any) -> None:
    old = timezone.now() - timedelta(minutes=10)
    FeedItem.objects.create(kind="submission", key=KEY, created_at=old, due_at=old)
    told = {}
    with override_settings(WPIS_METRICS_TOKEN="known"):
        for surface in ("portal", "protection"):
            answer = client_on(surface).get("/metrics", headers={"Authorization": "Bearer known"})
            told[surface] = answer.content.decode()
    assert 'wpis_oldest_waiting_seconds{table="permits_feeditem"} 60' in told["protection"]
    assert 'wpis_waiting_limit_seconds{table="permits_feeditem"} 300.0' in told["protection"]
    assert 'wpis_oldest_waiting_seconds{table="permits_feeditem"} 60' not in told["portal"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "path"),
    [(Role.ANALYST, "/alerts/"), (Role.ANALYST, "/alerts/not-checked/"), (Role.CASEWORKER, "/cases/")],
)
def test_the_desk_says_so(protection: Any, role: str, path: str) -> None:
    desk = protection.sign_in(a_user(role))
    assert "Work is delayed" not in desk.get(path).content.decode()
    old = timezone.now() - timedelta(minutes=10)
    FeedItem.objects.create(kind="submission", key=KEY, created_at=old, due_at=old)
    page = desk.get(path).content.decode()
    assert "Work is delayed" in page
    assert "Since 10 minutes: automatic checks of submissions." in page.replace("\u00a0", " ")


def test_a_table_that_somebody_holds_keeps_the_ringer_from_no_other_table(
    committed: None, database_url: Callable[..., str]
) -> None:
    a_submitted_application()
    CheckedFile.objects.create(kind="checked", key=KEY)
    rung: list[type[OutboxRow]] = []
    command = ringer.Command()
    command.looked = {}
    with psycopg2.connect(database_url()) as raw, raw.cursor() as cursor:
        cursor.execute("LOCK TABLE wpis_errand IN ACCESS EXCLUSIVE MODE")
        with standing_on("protection"), patch.object(ringer, "ring", rung.append):
            for table in TABLES:
                command._look_after(table)
    assert rung == [BackgroundJob, FeedItem, CheckedFile], (
        "the held one in case, the others because they wait"
    )
    connection.close()


@pytest.mark.django_db
@pytest.mark.parametrize("rows", TABLES)
def test_the_ringer_asks_all_tables_in_one_statement_which_have_something_due(
    rows: type[OutboxRow], django_assert_num_queries: Any
) -> None:
    now = timezone.now()
    with standing_on("protection"):
        question = DueQuestion(TABLES)
        assert question.ask(now) == set()
    row = rows._default_manager.create(kind="x", key=KEY, created_at=now, due_at=now, **SENT.get(rows, {}))
    with standing_on("protection"):
        with django_assert_num_queries(1):
            assert question.ask(now) == {rows}
        assert question.ask(now - timedelta(seconds=1)) == set(), "it is not due yet"
    for ended in ("done_at", "dead_at", "started_at"):
        rows._default_manager.filter(pk=row.pk).update(done_at=None, dead_at=None, started_at=None)
        rows._default_manager.filter(pk=row.pk).update(**{ended: now})
        with standing_on("protection"):
            assert question.ask(now) == set(), ended


def test_a_table_that_somebody_holds_is_asked_apart_from_the_others(
    committed: None, database_url: Callable[..., str]
) -> None:
    a_submitted_application()
    rung: list[type[OutboxRow]] = []
    command = ringer.Command()
    command.running, command.looked, command.rung = True, dict.fromkeys(TABLES, monotonic()), {}

    def stop(_: float) -> None:
        command.running = False

    with psycopg2.connect(database_url()) as raw, raw.cursor() as cursor:
        cursor.execute("LOCK TABLE wpis_errand IN ACCESS EXCLUSIVE MODE")
        with (
            standing_on("protection"),
            patch.multiple(ringer, ring=rung.append, ask_whether_alive=lambda queues: None),
            patch.object(command, "_end_table_locks"),
            patch("time.sleep", stop),
        ):
            assert DueQuestion(TABLES).ask(timezone.now()) is None
            command._poll(TABLES)
    assert rung == [BackgroundJob, FeedItem]
    connection.close()


def test_the_bell_rings_at_once_for_what_becomes_due_and_seldom_for_what_still_is() -> None:
    command = ringer.Command()
    command.rung = {}
    with patch.object(ringer, "ring") as ring, patch.object(ringer, "monotonic") as clock:
        counts = []
        for moment, is_due in ((100.0, True), (100.05, True), (100.1, False), (100.12, True), (100.4, True)):
            clock.return_value = moment
            command._ring_anew(FeedItem, is_due)
            counts.append(ring.call_count)
    assert counts == [1, 1, 1, 2, 3]
