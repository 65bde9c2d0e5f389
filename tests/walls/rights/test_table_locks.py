"""Wall: rights. Which tables a stolen role of portal or office can lock whole, and that such a lock is ended."""

import select
import time
from collections.abc import Callable
from typing import Any

import psycopg2
import pytest
from django.db import ProgrammingError, connection, transaction

from tests.conftest import standing_on
from wpis.database.locks import end_table_locks
from wpis.management.commands import ringer
from wpis.surfaces import ROLES

OPEN = ("portal", "office")
STRONG = ("SHARE UPDATE EXCLUSIVE", "SHARE", "SHARE ROW EXCLUSIVE", "EXCLUSIVE", "ACCESS EXCLUSIVE")
"""Modes against which somebody who only reads or writes rows waits; the two weaker ones disturb only the owner."""

DELETED_FROM = {
    "account_emailaddress",
    "account_emailconfirmation",
    "accounts_recentrequests",
    "axes_accessattempt",
    "axes_accessattemptexpiration",
    "mfa_authenticator",
}
"""Tables from which every surface deletes its own rows; the right to delete is one for the whole table."""

OF_ONE = {
    "portal": {"accounts_portalsession", "guardian_userobjectpermission"},
    "office": {"accounts_officesession"},
}
"""Tables from which one of them deletes; the other, and protection, read at most the last of them, for letters."""


def granted(surface: str) -> dict[str, str]:
    """Table -> the strongest mode of LOCK TABLE that the server gives this role; tried, not looked up."""
    found: dict[str, str] = {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        tables = [name for (name,) in cursor.fetchall()]
        cursor.execute(f"SET ROLE {ROLES[surface]}")
        for table in tables:
            for mode in STRONG:
                try:
                    cursor.execute("SAVEPOINT trying")
                    cursor.execute(f'LOCK TABLE "{table}" IN {mode} MODE')
                except Exception:
                    cursor.execute("ROLLBACK TO trying")
                else:
                    cursor.execute("ROLLBACK TO trying")
                    found[table] = mode
        cursor.execute("RESET ROLE")
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("surface", OPEN)
def test_an_open_role_can_lock_whole_only_what_it_deletes_from(surface: str) -> None:
    found = granted(surface)
    assert set(found) == DELETED_FROM | OF_ONE[surface]
    assert set(found.values()) == {"ACCESS EXCLUSIVE"}, "there is nothing between: who may delete may do all"


@pytest.mark.django_db
def test_the_trial_would_see_a_right_to_update_the_whole_table() -> None:
    with connection.cursor() as cursor:
        cursor.execute("GRANT UPDATE ON accounts_user TO wpis_portal")
    assert "accounts_user" in granted("portal")


@pytest.mark.parametrize("surface", OPEN)
@pytest.mark.parametrize("waits", [False, True], ids=["held", "waited for"])
def test_such_a_lock_is_ended_and_told(
    committed: None, database_url: Callable[..., str], caplog: Any, surface: str, *, waits: bool
) -> None:
    thief = psycopg2.connect(database_url(ROLES[surface]))
    other = psycopg2.connect(database_url())
    try:
        if waits:
            # Somebody reads; who waits for the whole table makes all others wait behind them.
            other.cursor().execute("SELECT count(*) FROM mfa_authenticator")
            pending = psycopg2.connect(database_url(ROLES[surface]), async_=True)
            _wait(pending)
            pending.cursor().execute("BEGIN; LOCK TABLE mfa_authenticator")
            pending.poll()
            _until_waiting()
        else:
            thief.cursor().execute("LOCK TABLE mfa_authenticator IN ACCESS EXCLUSIVE MODE")
        watch = ringer.Command()
        watch.may_end_locks = True
        with standing_on("protection"):
            watch._end_table_locks()
            assert end_table_locks() == []
        assert f"table_lock_ended mfa_authenticator: {ROLES[surface]} held AccessExclusiveLock" in caplog.text
        with psycopg2.connect(database_url(ROLES["protection"])) as reader, reader.cursor() as cursor:
            cursor.execute("SET lock_timeout = '500ms'")
            cursor.execute("SELECT count(*) FROM mfa_authenticator")
        if not waits:
            with pytest.raises(psycopg2.OperationalError):
                thief.cursor().execute("SELECT 1")
    finally:
        other.close()
        thief.close()


def test_who_works_as_the_service_does_is_left_alone(
    committed: None, database_url: Callable[..., str]
) -> None:
    """Row locks, deletes and updates of a surface are no locks of a table."""
    with psycopg2.connect(database_url(ROLES["portal"])) as worker, worker.cursor() as cursor:
        cursor.execute("SELECT 1 FROM accounts_user FOR UPDATE")
        cursor.execute("DELETE FROM account_emailaddress")
        cursor.execute("UPDATE accounts_recentrequests SET moments = '{}'")
        with standing_on("protection"):
            assert end_table_locks() == []
        cursor.execute("SELECT 1")


@pytest.mark.parametrize("surface", OPEN)
@pytest.mark.django_db
def test_no_open_role_ends_sessions(surface: str) -> None:
    with (
        standing_on(surface),
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
    ):
        end_table_locks()


def _wait(pending: Any) -> None:
    while True:
        state = pending.poll()
        if state == psycopg2.extensions.POLL_OK:
            return
        reads = [pending.fileno()] if state == psycopg2.extensions.POLL_READ else []
        writes = [] if reads else [pending.fileno()]
        select.select(reads, writes, [], 5)


def _until_waiting() -> None:
    for _ in range(100):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted AND mode = 'AccessExclusiveLock'")
            if cursor.fetchone() != (0,):
                return
        time.sleep(0.05)
    raise AssertionError("nobody waits")
