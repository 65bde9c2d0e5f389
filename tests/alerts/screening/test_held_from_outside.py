"""Whoever holds a role of portal or office and takes every lock that it may take stops no screening."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import psycopg2
import pytest
from django.db import connection
from django.utils import timezone

from alerts.models import Alert, Screening
from alerts.screening.batch import screen_waiting
from permits.models import Check, CheckKind, FeedItem
from tests.conftest import standing_on
from tests.factories.permits import a_submitted_application
from wpis.surfaces import ROLES

MODES = ("ACCESS EXCLUSIVE", "SHARE ROW EXCLUSIVE", "ROW EXCLUSIVE", "ACCESS SHARE")
LOCKS_OF_ALL_ROWS = 'SELECT 1 FROM "{}" FOR UPDATE'


@contextmanager
def holding(role: str, url: Callable[..., str], *, tables: bool) -> Iterator[list[str]]:
    """An open transaction of `role` with every lock that it is given; says which."""
    taken = []
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        names = [name for (name,) in cursor.fetchall()]
    statements = [
        f"SELECT pg_advisory_lock({number})"
        for number in ("7061", "hashtext('alerts.screening.batch')", "hashtext('alerts.screening')")
    ]
    for name in names:
        statements.append(LOCKS_OF_ALL_ROWS.format(name))
        if tables:
            statements += [f'LOCK TABLE "{name}" IN {mode} MODE NOWAIT' for mode in MODES]
    raw = psycopg2.connect(url(role))
    try:
        with raw.cursor() as cursor:
            cursor.execute("SET lock_timeout = 0; SET idle_in_transaction_session_timeout = 0")
            for statement in statements:
                cursor.execute("SAVEPOINT one")
                try:
                    cursor.execute(statement)
                    taken.append(statement)
                except psycopg2.Error:
                    cursor.execute("ROLLBACK TO one")
            yield taken
    finally:
        raw.close()


def soon() -> Any:
    return timezone.now() + timedelta(minutes=1)


@pytest.mark.parametrize("tables", [False, True], ids=["rows", "tables"])
@pytest.mark.parametrize("surface", ["portal", "office"])
def test_whatever_an_open_role_holds_screening_goes_on(
    committed: None, database_url: Callable[..., str], surface: str, tables: bool
) -> None:
    troubling = a_submitted_application(recruitment={"worker_fee": 2_000_000})
    a_submitted_application()
    with holding(ROLES[surface], database_url, tables=tables) as taken:
        assert taken, "the test proves nothing unless something is held"
        with standing_on("protection"):
            assert screen_waiting(soon()) == 2
        assert set(Screening.objects.values_list("state", flat=True)) == {"screened"}
        assert Alert.objects.get().application == troubling.pk
    with standing_on("protection"):
        screen_waiting(soon() + timedelta(minutes=1))
    checks = Check.objects.filter(kind=CheckKind.AUTOMATIC)
    assert not checks.filter(completed_at=None).exists(), "a check that was held completes when it is free"
    assert set(FeedItem.objects.values_list("attempts", "dead_at")) == {(0, None)}


def test_a_held_check_keeps_no_other_check_waiting(committed: None, database_url: Callable[..., str]) -> None:
    held, free = a_submitted_application(), a_submitted_application()
    with psycopg2.connect(database_url(ROLES["office"])) as raw, raw.cursor() as cursor:
        cursor.execute(
            """SELECT 1 FROM permits_check WHERE kind = 'automatic' AND submission_id =
               (SELECT id FROM permits_submission WHERE application_id = %s) FOR UPDATE""",
            [held.pk],
        )
        assert cursor.fetchone(), "the office may lock this row"
        with standing_on("protection"):
            assert screen_waiting(soon()) == 2
        automatic = Check.objects.filter(kind=CheckKind.AUTOMATIC)
        done = automatic.exclude(completed_at=None)
        assert [check.submission.application_id for check in done] == [free.pk]
        assert Screening.objects.filter(state="screened").count() == 2
