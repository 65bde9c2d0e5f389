"""Wall: database. Nothing of PostgreSQL itself tells portal or office whether a file was flagged."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import psycopg2
import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from alerts.models import Alert
from alerts.screening.batch import screen_waiting
from tests.conftest import standing_on
from tests.factories.permits import a_submitted_application
from tests.factories.referral import a_referral
from wpis.database import statistics
from wpis.surfaces import ROLES

OPEN = ["portal", "office"]
FLAGGED: dict[str, Any] = {"recruitment": {"worker_fee": 2_000_000}}

CLOCKS = {
    *("now", "clock_timestamp", "statement_timestamp", "transaction_timestamp", "timeofday"),
    *("random", "gen_random_uuid", "uuidv4", "uuidv7"),
}
"""Functions whose answer is another one each time, whoever did what."""

_RELATIONS = """
SELECT n.nspname || '.' || c.relname, string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum)
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
WHERE n.nspname IN ('pg_catalog', 'information_schema') AND c.relkind IN ('r', 'v', 'm', 'p', 'f')
  AND a.attnum > 0 AND NOT a.attisdropped AND has_column_privilege(c.oid, a.attnum, 'SELECT')
GROUP BY 1 ORDER BY 1
"""
_FUNCTIONS = """
SELECT p.proname, coalesce(p.proargtypes[0]::regtype::text, '') FROM pg_proc p
WHERE p.pronamespace = 'pg_catalog'::regnamespace AND p.prokind = 'f' AND p.provolatile <> 'i'
  AND (p.pronargs = 0 OR p.pronargs = 1 AND p.proargtypes[0]::regtype::text IN ('oid', 'regclass'))
  AND p.prorettype::regtype::text NOT IN ('void', 'internal', 'trigger', 'event_trigger')
  AND has_function_privilege(p.oid, 'EXECUTE')
ORDER BY 1, 2
"""
_OBJECTS = """
SELECT oid FROM pg_class WHERE relname IN ('alerts_alert', 'alerts_finding', 'alerts_facts', 'audit_auditevent')
UNION SELECT oid FROM pg_database WHERE datname = current_database()
"""

Seen = dict[str, Counter[str]]


class Reader:
    """A session of one role that writes down everything which the catalogues show it."""

    def __init__(self, raw: Any) -> None:
        self.cursor = raw.cursor()
        raw.autocommit = True

    def everything(self) -> Seen:
        seen: Seen = {}
        for relation, columns in self.rows(_RELATIONS):
            seen[relation] = self.answers(f"SELECT ROW({columns})::text FROM {relation}")
        objects = [oid for (oid,) in self.rows(_OBJECTS)]
        for name, kind in self.rows(_FUNCTIONS):
            calls = (
                [f"SELECT {name}({oid}::{kind})::text" for oid in objects]
                if kind
                else [f"SELECT {name}()::text"]
            )
            seen[name] = sum((self.answers(call) for call in calls), Counter())
        return seen

    def rows(self, sql: str) -> list[Any]:
        self.cursor.execute(sql)
        return list(self.cursor.fetchall())

    def answers(self, sql: str) -> Counter[str]:
        try:
            return Counter(str(row[0]) for row in self.rows(sql))
        except psycopg2.Error as error:
            return Counter([type(error).__name__])


def changed_while(reader: Reader, **changes: Any) -> set[str]:
    """What shows the reader something else once the file that is waiting has been screened."""
    a_submitted_application(**changes)
    before = reader.everything()
    with standing_on("protection"):
        assert screen_waiting(timezone.now() + timedelta(minutes=1)) == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush()")
        cursor.execute("SELECT 1")
    after = reader.everything()
    assert len(before) > 150, "the test proves nothing unless much was read"
    return {source for source in before.keys() | after.keys() if before.get(source) != after.get(source)}


@contextmanager
def reading_as(surface: str, url: Callable[..., str]) -> Iterator[Reader]:
    raw = psycopg2.connect(url(ROLES[surface]))
    try:
        reader = Reader(raw)
        reader.everything()  # the first look loads a module and its settings into this session
        yield reader
    finally:
        raw.close()


@pytest.mark.parametrize("surface", OPEN)
def test_nothing_of_the_catalogues_changes_for_a_flagged_file_or_a_clean_one(
    committed: None, database_url: Callable[..., str], surface: str
) -> None:
    with reading_as(surface, database_url) as reader:
        assert changed_while(reader) <= CLOCKS
        assert changed_while(reader, **FLAGGED) <= CLOCKS
    assert Alert.objects.count() == 1


@contextmanager
def granted_back(*grants: str) -> Iterator[None]:
    """These rights for everybody, as before; taken away again by the command that operators run."""
    try:
        with connection.cursor() as cursor:
            for grant in grants:
                cursor.execute(f"GRANT {grant} TO PUBLIC")
        yield
    finally:
        call_command("grant_surfaces", verbosity=0)
        with connection.cursor() as cursor:
            assert statistics.still_open(cursor) == []


@pytest.mark.parametrize(
    ("grants", "source"),
    [
        (["EXECUTE ON FUNCTION pg_stat_get_tuples_inserted(oid)"], "pg_stat_get_tuples_inserted"),
        (
            ["SELECT ON pg_stat_database", "EXECUTE ON ALL FUNCTIONS IN SCHEMA pg_catalog"],
            "pg_catalog.pg_stat_database",
        ),
    ],
)
def test_a_view_or_function_that_is_granted_back_is_noticed(
    committed: None, database_url: Callable[..., str], grants: list[str], source: str
) -> None:
    """The control: by this a flag could be seen."""
    with granted_back(*grants):
        with connection.cursor() as cursor:
            assert statistics.still_open(cursor) != []
        with reading_as("portal", database_url) as reader:
            assert source in changed_while(reader, **FLAGGED)


@pytest.mark.django_db
@pytest.mark.parametrize("surface", OPEN)
def test_no_membership_gives_an_open_role_the_statistics_back(surface: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT c.relname FROM pg_class c
               WHERE c.relnamespace = 'pg_catalog'::regnamespace AND c.relkind = 'v' AND c.relname ~ %s
                 AND has_table_privilege(%s, c.oid, 'SELECT')""",
            [statistics.VIEWS, ROLES[surface]],
        )
        assert cursor.fetchall() == []


@pytest.mark.django_db
def test_no_function_of_ours_notifies() -> None:
    """Whoever may connect may listen; a row of a referral would be heard."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosrc ~* 'notify'"
        )
        assert cursor.fetchall() == []


def test_a_referral_is_not_heard(committed: None, database_url: Callable[..., str]) -> None:
    with reading_as("portal", database_url) as reader:
        reader.cursor.execute("LISTEN wpis_outbox")
        a_referral()
        reader.cursor.execute("SELECT 1")
        reader.cursor.connection.poll()
        assert reader.cursor.connection.notifies == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "attempt",
    [
        "SELECT pg_advisory_lock(1)",
        "SELECT pg_try_advisory_xact_lock(1)",
        "SELECT lo_create(0)",
        "SELECT relpages FROM pg_class",
        "SELECT pg_database_size(current_database())",
    ],
)
@pytest.mark.parametrize("surface", OPEN)
def test_what_would_hold_or_measure_the_cluster_is_refused(
    database_url: Callable[..., str], surface: str, attempt: str
) -> None:
    with reading_as(surface, database_url) as reader, pytest.raises(psycopg2.errors.InsufficientPrivilege):
        reader.cursor.execute(attempt)
