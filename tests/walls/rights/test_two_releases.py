"""Wall: database. Processes of two releases work, and start, on one database; what a role may do changes at once."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import psycopg2
import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from tests.conftest import standing_on
from wpis import surfaces
from wpis.database import rights
from wpis.models import GrantedRights
from wpis.surfaces import ROLES, breaches, read_privileges

Declared = dict[str, dict[str, dict[str, frozenset[str]]]]
COLUMN = "SELECT has_column_privilege('wpis_office', 'permits_application', 'officer_id', 'UPDATE')"
READING = "SELECT has_table_privilege('wpis_office', 'accounts_portalsession', 'SELECT')"


def next_release() -> Declared:
    """A release in which officers take no files any more, and the office reads one table more."""
    declared = surfaces.declared()
    files = declared["office"]["permits_application"]
    files["UPDATE"] = files["UPDATE"] - {"officer_id"}
    declared["office"]["accounts_portalsession"] = read_privileges("SELECT")
    return declared


@contextmanager
def code_of(declared: Declared) -> Iterator[None]:
    """The code of a release that declares this."""
    with (
        patch.object(surfaces, "declared", lambda: declared),
        patch.object(rights, "declared", lambda: declared),
    ):
        yield


def ask(query: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return (cursor.fetchone() or (None,))[0]


@pytest.fixture
def upgraded(db: None) -> Declared:
    """The database after the next release's `migrate` and `grant_surfaces`."""
    assert ask(COLUMN) is True, "else taking it away proves nothing"
    declared = next_release()
    with code_of(declared):
        call_command("grant_surfaces", verbosity=0)
    return declared


def test_the_former_release_keeps_its_rights_until_the_upgrade_is_finished(upgraded: Declared) -> None:
    assert (ask(COLUMN), ask(READING)) == (True, True)
    with code_of(upgraded):
        call_command("grant_surfaces", verbosity=0)  # once more, as after a second migration
        assert (ask(COLUMN), ask(READING)) == (True, True)
        call_command("grant_surfaces", "--finish", verbosity=0)
    assert (ask(COLUMN), ask(READING)) == (False, True)


def test_processes_of_both_releases_start(upgraded: Declared) -> None:
    with standing_on("office"):
        assert breaches() == []  # of the former release: it does not declare the new right
        with code_of(upgraded):
            assert breaches() == []  # of the new one: it does not declare the old right


def test_after_a_rollback_the_former_release_works_and_only_it_is_left_when_that_is_finished(
    upgraded: Declared,
) -> None:
    call_command("grant_surfaces", verbosity=0)
    assert (ask(COLUMN), ask(READING)) == (True, True)
    call_command("grant_surfaces", "--finish", verbosity=0)
    assert (ask(COLUMN), ask(READING)) == (True, False)


def test_what_no_release_declared_still_keeps_a_process_from_starting(upgraded: Declared) -> None:
    with connection.cursor() as cursor:
        cursor.execute("GRANT SELECT (id) ON alerts_alert TO wpis_office")
    for declared in (surfaces.declared(), upgraded):
        with standing_on("office"), code_of(declared):
            assert any("alerts_alert" in breach for breach in breaches())
    with code_of(upgraded):
        call_command("grant_surfaces", verbosity=0)
    assert ask("SELECT has_any_column_privilege('wpis_office', 'alerts_alert', 'SELECT')") is False


@pytest.mark.parametrize("surface", ROLES)
def test_no_role_can_write_down_rights_of_its_own_or_read_those_of_another(
    upgraded: Declared, surface: str
) -> None:
    with standing_on(surface):
        assert set(GrantedRights.objects.values_list("surface", flat=True)) == {surface}
        for check in (
            "any_column_privilege('wpis_grantedrights', 'INSERT')",
            "any_column_privilege('wpis_grantedrights', 'UPDATE')",
            "table_privilege('wpis_grantedrights', 'DELETE')",
        ):
            assert ask(f"SELECT has_{check}") is False


def test_a_column_that_the_former_release_named_and_the_new_schema_has_not_is_passed_over(db: None) -> None:
    row = GrantedRights.objects.get(surface="office", former=False)
    row.rights["permits_application"]["UPDATE"].append("gone")
    row.rights["permits_gone"] = {"SELECT": ["*"]}
    row.save()
    call_command("grant_surfaces", verbosity=0)
    call_command("grant_surfaces", "--check")


_STANDING = """
SELECT 'class', oid, ctid::text, xmin::text FROM pg_class
WHERE relnamespace = 'public'::regnamespace OR oid = 'pg_class'::regclass
UNION ALL SELECT 'attribute', attrelid, ctid::text, xmin::text FROM pg_attribute WHERE attacl IS NOT NULL
UNION ALL SELECT 'policy', oid, ctid::text, xmin::text FROM pg_policy
UNION ALL SELECT 'function', oid, ctid::text, xmin::text FROM pg_proc WHERE pronamespace = 'public'::regnamespace
UNION ALL SELECT 'setting', setrole, ctid::text, xmin::text FROM pg_db_role_setting
UNION ALL SELECT 'role', oid, ctid::text, xmin::text FROM pg_authid
UNION ALL SELECT 'database', oid, ctid::text, xmin::text FROM pg_database
UNION ALL SELECT 'namespace', oid, ctid::text, xmin::text FROM pg_namespace
"""


@pytest.mark.django_db
def test_a_second_run_changes_nothing() -> None:
    call_command("grant_surfaces", verbosity=0)

    def standing() -> set[Any]:
        with connection.cursor() as cursor:
            cursor.execute(_STANDING)
            return set(cursor.fetchall())

    before = standing()
    assert len(before) > 200
    call_command("grant_surfaces", verbosity=0)
    assert standing() == before


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("by_hand", "words"),
    [
        (
            "REVOKE INSERT ON permits_application FROM wpis_portal",
            "wpis_portal: INSERT on permits_application",
        ),
        ("GRANT SELECT (id) ON alerts_alert TO wpis_office", "wpis_office: SELECT on alerts_alert"),
        ("GRANT SELECT ON alerts_alert TO PUBLIC", "everybody: SELECT on alerts_alert"),
        ("GRANT UPDATE (state) ON permits_application TO PUBLIC", "everybody: UPDATE on permits_application"),
        ("GRANT wpis_protection TO wpis_portal", "wpis_portal is a member of wpis_protection"),
        ("GRANT pg_read_all_data TO wpis_office", "wpis_office is a member of pg_read_all_data"),
        ("ALTER POLICY portal_read ON accounts_user USING (true)", "row security of accounts_user"),
        (
            "CREATE POLICY more ON accounts_user FOR SELECT TO wpis_portal USING (true)",
            "row security of accounts_user",
        ),
        ("ALTER TABLE mfa_authenticator DISABLE ROW LEVEL SECURITY", "row security of mfa_authenticator"),
        ("ALTER ROLE wpis_portal SET statement_timeout = '1h'", "statement_timeout"),
        ("ALTER ROLE wpis_office CONNECTION LIMIT -1", "wpis_office: -1 sessions"),
        ("GRANT CREATE ON SCHEMA public TO PUBLIC", "everybody may create tables"),
        (
            "CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name NAME) RETURNS BOOLEAN "
            "AS 'BEGIN RETURN true; END' LANGUAGE plpgsql",
            "triggers can be switched off",
        ),
    ],
)
def test_what_was_changed_by_hand_is_named_and_mended(
    by_hand: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("grant_surfaces", verbosity=0)
    call_command("grant_surfaces", "--check")
    with connection.cursor() as cursor:
        cursor.execute(by_hand)
    with pytest.raises(CommandError, match="not as declared"):
        call_command("grant_surfaces", "--check")
    assert words in capsys.readouterr().out
    call_command("grant_surfaces", verbosity=0)
    call_command("grant_surfaces", "--check")


READ_BY_PORTAL = ("accounts_user", "permits_application", "permits_employer", "account_emailaddress")


class Working(threading.Thread):
    """Reads as the portal does, again and again; remembers what was refused and how long the slowest took."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.connection = psycopg2.connect(url)
        self.connection.autocommit = True
        self.over = threading.Event()
        self.refused: list[str] = []
        self.statements, self.slowest = 0, 0.0

    def run(self) -> None:
        with self.connection.cursor() as cursor:
            while not self.over.is_set():
                for table in READ_BY_PORTAL:
                    began = time.monotonic()
                    try:
                        cursor.execute(f"SELECT count(*) FROM {table}")
                    except psycopg2.Error as error:
                        self.refused.append(str(error))
                    self.statements += 1
                    self.slowest = max(self.slowest, time.monotonic() - began)
        self.connection.close()


@contextmanager
def work(database_url: Callable[..., str], workers: int = 2) -> Iterator[list[Working]]:
    threads = [Working(database_url(ROLES["portal"])) for _ in range(workers)]
    for thread in threads:
        thread.start()
    try:
        yield threads
    finally:
        for thread in threads:
            thread.over.set()
            thread.join()


def drift() -> None:
    """Something to mend on each of the tables, so that a run does more than look."""
    with connection.cursor() as cursor:
        for table in READ_BY_PORTAL:
            cursor.execute(f"GRANT TRUNCATE ON {table} TO wpis_portal")
        cursor.execute("ALTER POLICY portal_read ON accounts_user USING (surface = 'portal' AND true)")


@pytest.mark.usefixtures("committed")
def test_nobody_is_refused_anything_while_rights_are_granted_again_and_again(
    database_url: Callable[..., str],
) -> None:
    with work(database_url) as workers:
        for _ in range(5):
            drift()
            with pytest.raises(CommandError):
                call_command("grant_surfaces", "--check")
            call_command("grant_surfaces", verbosity=0)
    assert [refusal for worker in workers for refusal in worker.refused] == []
    assert min(worker.statements for worker in workers) > 20


@pytest.mark.usefixtures("committed")
def test_who_is_at_a_table_for_long_delays_the_command_and_not_everybody_else(
    database_url: Callable[..., str],
) -> None:
    call_command("grant_surfaces", verbosity=0)
    drift()
    reader = psycopg2.connect(database_url(ROLES["portal"]))
    with reader.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM accounts_user")  # and goes on in its transaction
    leaving = threading.Timer(3, reader.close)
    with work(database_url) as workers:
        leaving.start()
        began = time.monotonic()
        call_command("grant_surfaces", verbosity=0)
        assert time.monotonic() - began > 2
    assert [refusal for worker in workers for refusal in worker.refused] == []
    assert max(worker.slowest for worker in workers) < 2.5
    call_command("grant_surfaces", "--check")
