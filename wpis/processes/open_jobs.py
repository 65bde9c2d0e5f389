"""Jobs that want a person: given up, or begun outside the database with nobody knowing how it ended.

A command sees the tables whose rows its database role may change: the owner all of them, a surface its own. Metrics
count those that it may read.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.models import Count, Min, Q, QuerySet
from prometheus_client import Gauge

from wpis.outbox import OutboxRow, outboxes

UNDER_WAY = timedelta(minutes=5)
"""An effect that began later than this may still be going on, unless it ended in an error that is written down.

No task lives longer (CELERY_TASK_TIME_LIMIT).
"""


STUCK = Gauge(
    "wpis_stuck_jobs", "Jobs that want a person", ["table", "state"], multiprocess_mode="mostrecent"
)


@dataclass(frozen=True, slots=True)
class Group:
    """How many jobs of one kind are in one state, and since when the oldest is."""

    table: str
    kind: str
    state: str
    count: int
    since: datetime


def changeable() -> list[type[OutboxRow]]:
    """The tables that the role of this process may read and change."""
    with connection.cursor() as cursor:
        return [rows for rows in outboxes() if _may_change(cursor, rows._meta.db_table)]


def readable() -> list[type[OutboxRow]]:
    """The tables that the role of this process may count."""
    with connection.cursor() as cursor:
        return [rows for rows in outboxes() if _holds(cursor, rows._meta.db_table, "SELECT")]


def groups(rows: type[OutboxRow], at: datetime) -> Iterator[Group]:
    """What of one table is not done, by kind and state."""
    for state, condition in _states(at).items():
        found = rows._default_manager.filter(condition, done_at=None).values("kind").order_by("kind")
        for kind, count, since in found.annotate(n=Count("pk"), since=Min("created_at")).values_list(
            "kind", "n", "since"
        ):
            yield Group(rows._meta.db_table, kind, state, count, since)


def dead(rows: type[OutboxRow]) -> QuerySet[OutboxRow]:
    """Jobs that were given up."""
    return rows._default_manager.filter(dead_at__isnull=False, done_at=None).order_by("created_at", "pk")


def unknown(rows: type[OutboxRow], at: datetime) -> QuerySet[OutboxRow]:
    """Jobs with an effect outside that began and of which nobody knows whether it happened."""
    return rows._default_manager.filter(_states(at)["unknown"], done_at=None).order_by("created_at", "pk")


def wants_a_person(row: OutboxRow, at: datetime) -> bool:
    """Whether somebody must decide about a job that is not done."""
    if row.started_at is None or row.dead_at is not None:
        return row.dead_at is not None
    return bool(row.error) or row.started_at <= at - UNDER_WAY


def measure(at: datetime) -> None:
    """Set the metrics to the present number of jobs that want a person."""
    for rows in readable():
        table = rows._meta.db_table
        STUCK.labels(table, "dead").set(dead(rows).count())
        STUCK.labels(table, "unknown").set(unknown(rows, at).count())


def _states(at: datetime) -> dict[str, Q]:
    """State -> its condition, for a job that is not done."""
    alive, begun, old = Q(dead_at=None), Q(started_at__isnull=False), Q(started_at__lte=at - UNDER_WAY)
    return {
        "dead": Q(dead_at__isnull=False),
        "unknown": alive & begun & (old | ~Q(error="")),
        "under way": alive & begun & ~old & Q(error=""),
        "waiting": alive & ~begun & Q(due_at__lte=at),
        "later": alive & ~begun & Q(due_at__gt=at),
    }


def _may_change(cursor: CursorWrapper, table: str) -> bool:
    cursor.execute(
        "SELECT has_table_privilege(%s, 'SELECT') AND has_column_privilege(%s, 'dead_at', 'UPDATE')",
        [table, table],
    )
    (found,) = cursor.fetchone() or (False,)
    return bool(found)


def _holds(cursor: CursorWrapper, table: str, privilege: str) -> bool:
    cursor.execute("SELECT has_table_privilege(%s, %s)", [table, privilege])
    (found,) = cursor.fetchone() or (False,)
    return bool(found)
