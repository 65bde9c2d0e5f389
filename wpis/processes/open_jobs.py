"""Jobs that want a person: given up, or begun outside the database with nobody knowing how it ended.

A process sees the tables whose rows its database role may change: the owner all of them, a surface its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import Count, Min, Q, QuerySet
from prometheus_client import Gauge

from wpis.audit import trail
from wpis.errors import Refused
from wpis.outbox import OutboxRow
from wpis.processes.waiting import outboxes

UNDER_WAY = timedelta(minutes=5)
"""An effect that began later than this may still be going on: no task lives longer (CELERY_TASK_TIME_LIMIT)."""


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


def measure(at: datetime) -> None:
    """Set the metrics to the present number of jobs that want a person."""
    for rows in changeable():
        table = rows._meta.db_table
        STUCK.labels(table, "dead").set(dead(rows).count())
        STUCK.labels(table, "unknown").set(unknown(rows, at).count())


@transaction.atomic
def retry(job: UUID, *, at: datetime) -> OutboxRow:
    """Make a job due at once with all its attempts; a letter of which nobody knows may then go out twice."""
    row = _stuck(job, at)
    trail.record("wpis.job.retry", by=None, subject=row, job=row.kind, attempts=row.attempts, error=row.error)
    row.attempts, row.error, row.started_at, row.dead_at, row.due_at = 0, "", None, None, at
    row.save(update_fields=["attempts", "error", "started_at", "dead_at", "due_at"])
    return row


@transaction.atomic
def drop(job: UUID, *, reason: str, at: datetime) -> OutboxRow:
    """Close a job without doing it. It keeps `dead_at` beside `done_at`, which says that nothing was done."""
    if not reason.strip():
        raise Refused("A reason is needed.")
    row = _stuck(job, at)
    if not row.may_be_dropped:
        raise Refused("A job of this table is never dropped; mend the cause and try it again.")
    trail.record("wpis.job.drop", by=None, subject=row, job=row.kind, reason=reason.strip(), error=row.error)
    row.dead_at, row.done_at = row.dead_at or at, at
    row.save(update_fields=["dead_at", "done_at"])
    return row


def _stuck(job: UUID, at: datetime) -> OutboxRow:
    """The job, locked, if it wants a person."""
    for rows in changeable():
        row = rows._default_manager.select_for_update(of=("self",)).filter(pk=job).first()
        if row is None:
            continue
        if row.done_at is not None:
            raise Refused("This job is done.")
        if row.dead_at is None and (row.started_at is None or row.started_at > at - UNDER_WAY):
            raise Refused("This job waits for a worker or is being done; it needs nobody.")
        return row
    raise Refused("There is no such job that this process may change.")


def _states(at: datetime) -> dict[str, Q]:
    """State -> its condition, for a job that is not done."""
    alive, begun = Q(dead_at=None), Q(started_at__isnull=False)
    return {
        "dead": Q(dead_at__isnull=False),
        "unknown": alive & Q(started_at__lte=at - UNDER_WAY),
        "under way": alive & Q(started_at__gt=at - UNDER_WAY),
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
