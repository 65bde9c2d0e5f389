"""How long the oldest job of each outbox table has waited, and the alarm when that is longer than its limit.

Told in three ways that do not depend on each other: the ringer's log, the metrics, a line on the pages of the third
surface. Only that surface's role may read all of these tables.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from django.conf import settings
from prometheus_client import Gauge

from wpis.outbox import OutboxRow, outboxes

WAITED = Gauge(
    "wpis_oldest_waiting_seconds",
    "How long the oldest job that is due has waited",
    ["table"],
    multiprocess_mode="mostrecent",
)
LIMIT = Gauge(
    "wpis_waiting_limit_seconds",
    "How long it may wait before people are told",
    ["table"],
    multiprocess_mode="mostrecent",
)

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Wait:
    """How long the oldest job of one table has waited; 0 when nothing is due."""

    table: str
    label: Any
    seconds: int
    limit: int

    @property
    def is_late(self) -> bool:
        """Whether somebody must look."""
        return self.seconds > self.limit

    @property
    def minutes(self) -> int:
        """Whole minutes, for people."""
        return self.seconds // 60


def wait_of(rows: type[OutboxRow], at: datetime) -> Wait:
    """The present wait of one table."""
    since = rows.oldest(at)
    seconds = 0 if since is None else max(0, int((at - since).total_seconds()))
    table = rows._meta.db_table
    return Wait(table, rows.label, seconds, settings.WPIS_WAITING_SECONDS[table])


def late(at: datetime) -> Iterator[Wait]:
    """The tables whose oldest job waits too long."""
    waits = [wait_of(rows, at) for rows in outboxes()]
    yield from (wait for wait in waits if wait.is_late)


def log_if_late(rows: type[OutboxRow], at: datetime) -> None:
    """An error in the log while the oldest job of this table waits too long."""
    wait = wait_of(rows, at)
    if wait.is_late:
        log.error(f"waits_too_long {wait.table}: {wait.seconds} s, limit {wait.limit} s")


def measure(at: datetime) -> None:
    """Set the metrics to the present waits."""
    for rows in outboxes():
        wait = wait_of(rows, at)
        WAITED.labels(wait.table).set(wait.seconds)
        LIMIT.labels(wait.table).set(wait.limit)
