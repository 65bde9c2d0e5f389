"""The queue of record: rows written with the change that caused them, claimed by workers, never lost.

PostgreSQL holds what is to be done; the broker only carries a bell (architecture, decision 3). Nothing is notified
when a row is written: whoever may connect could listen, and no right takes that away (ADR 29). A row's effects
in the database and its `done_at` commit together, so each effect happens exactly once. Effects outside the
database (mail) are sent at most once (ADR 42): `started_at` is committed before, and a row that started but never
finished is shown to a person instead of being sent again. Only an effect that says `NotDelivered` is tried again.

A task that runs into its time limit stops: nothing further is claimed. The attempt of the row it was at counts, or a
job that is always too slow would be the first in the queue for ever.
"""

import random
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

import pgtrigger
from celery.exceptions import SoftTimeLimitExceeded
from django.apps import apps
from django.db import models, transaction

from wpis import clock
from wpis.database_roles import demand, for_roles

ATTEMPTS = 12
LONGEST_PAUSE = timedelta(minutes=15)
PROGRESS = "due_at, attempts, started_at, done_at, dead_at, error"
"""The columns of a row that say how far it is; what is to be done stays as it was added."""

Effect = Callable[[], object]
Handler = Callable[[Any, datetime], None]
Sender = Callable[[Any, datetime], Effect]


class NotDelivered(Exception):
    """An outside effect surely did not happen; `cause` is the error that says so."""

    def __init__(self, cause: Exception) -> None:
        super().__init__(type(cause).__name__)
        self.cause = cause


class OutboxRow(models.Model):
    """One job. Concrete tables name the `queue` and `task` that are woken for it.

    `label` names the jobs for people, `waits_since` the column that says since when one of them has waited;
    `may_be_dropped` says whether a person may close one that was not done; `letters_of` names the surfaces whose
    letters about accounts wait here.
    """

    queue: ClassVar[str]
    task: ClassVar[str]
    label: ClassVar[Any]
    waits_since: ClassVar[str] = "created_at"
    may_be_dropped: ClassVar[bool] = True
    letters_of: ClassVar[frozenset[str]] = frozenset()

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=40)
    key = models.UUIDField(help_text="what it is about; (kind, key) exists once")
    payload = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=clock.now)
    due_at = models.DateTimeField(default=clock.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    started_at = models.DateTimeField(null=True, help_text="an outside effect began; see `unknown`")
    done_at = models.DateTimeField(null=True)
    dead_at = models.DateTimeField(
        null=True, help_text="given up after too many attempts; a person must look"
    )
    error = models.CharField(max_length=120, blank=True, help_text="class of the last error, no data")

    class Meta:
        abstract = True
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="%(class)s_once")]
        indexes = [
            models.Index(
                fields=["due_at", "id"],
                name="%(class)s_open",
                condition=models.Q(done_at__isnull=True, dead_at__isnull=True, started_at__isnull=True),
            )
        ]
        triggers = [
            for_roles(
                "added_to_wait",
                pgtrigger.Insert,
                demand(
                    "NEW.attempts = 0 AND NEW.error = '' AND NEW.started_at IS NULL"
                    " AND NEW.done_at IS NULL AND NEW.dead_at IS NULL",
                    "what is to be done is added before it is done",
                ),
            ),
        ]

    @classmethod
    def waiting(cls, at: datetime) -> models.QuerySet[Self]:
        """Rows that are due and neither done, dead nor under way outside the database."""
        rows = cls._default_manager.filter(
            done_at__isnull=True, dead_at__isnull=True, started_at__isnull=True, due_at__lte=at
        )
        return rows.order_by("due_at", "id")

    @classmethod
    def oldest(cls, at: datetime) -> datetime | None:
        """Since when the oldest job has waited that is due or has failed before; None when there is none."""
        rows = cls._default_manager.filter(
            done_at__isnull=True, dead_at__isnull=True, started_at__isnull=True
        )
        found: datetime | None = rows.filter(models.Q(due_at__lte=at) | models.Q(attempts__gt=0)).aggregate(
            since=models.Min(cls.waits_since)
        )["since"]
        return found

    @classmethod
    def claim(cls, limit: int, at: datetime) -> list[Self]:
        """Lock up to `limit` due rows for this transaction; rows of other workers are passed over."""
        return list(cls.waiting(at).select_for_update(skip_locked=True)[:limit])

    def done(self, at: datetime) -> None:
        """The work is done; commit this with its effects."""
        self.done_at = at
        self.save(update_fields=["done_at"])

    def start(self, at: datetime) -> None:
        """An outside effect is about to begin; commit this before it does."""
        self.started_at, self.error = at, ""
        self.save(update_fields=["started_at", "error"])

    def doubt(self, error: Exception) -> None:
        """The outside effect ended in an error that does not say whether it happened: a person decides."""
        self.error = type(error).__name__
        self.save(update_fields=["error"])

    def fail(self, at: datetime, error: Exception) -> None:
        """Try again later (2^n seconds, at most 15 minutes, with jitter); after 12 attempts give up, visibly."""
        self.attempts += 1
        self.error = type(error).__name__
        self.started_at = None
        pause = min(timedelta(seconds=2**self.attempts), LONGEST_PAUSE)
        self.due_at = at + pause * random.uniform(0.75, 1.25)  # noqa: S311  jitter, not a secret
        if self.attempts >= ATTEMPTS:
            self.dead_at = at
        self.save(update_fields=["attempts", "error", "started_at", "due_at", "dead_at"])


def outboxes() -> list[type[OutboxRow]]:
    """The outbox tables of the apps that are installed in this process."""
    return [model for model in apps.get_models() if issubclass(model, OutboxRow)]


def run(
    rows: type[OutboxRow],
    handlers: dict[str, Handler],
    outside: dict[str, Sender] | None = None,
    *,
    at: datetime,
) -> int:
    """Do everything of `rows` that is due, one row a transaction; a poison row fails alone. Returns how many ran.

    `handlers` write to the database only, exactly once. A sender in `outside` prepares an effect on the world
    (a letter) and returns it; the effect runs after the row has been committed as started, at most once.
    """
    count = 0
    while True:
        effect: Effect | None = None
        too_slow: SoftTimeLimitExceeded | None = None
        with transaction.atomic():
            claimed = rows.claim(1, at)
            if not claimed:
                return count
            row = claimed[0]
            try:
                with transaction.atomic():  # a savepoint: the failure is recorded, its effects are not
                    if outside and row.kind in outside:
                        effect = outside[row.kind](row, at)
                        row.start(clock.now())
                    else:
                        handlers[row.kind](row, at)
                        row.done(clock.now())
            except Exception as error:
                effect = None
                row.fail(clock.now(), error)
                too_slow = error if isinstance(error, SoftTimeLimitExceeded) else None
        if too_slow is not None:
            raise too_slow  # after the attempt has been committed; the worker must stop
        if effect is not None:
            _send(row, effect)
        count += 1


def _send(row: OutboxRow, effect: Effect) -> None:
    """Run an external effect. What neither happened nor surely failed keeps `started_at` without `done_at`.

    Whoever kills this process anywhere in here leaves the same two columns behind, and operators see them.
    """
    try:
        effect()
    except NotDelivered as refused:
        row.fail(clock.now(), refused.cause)
    except SoftTimeLimitExceeded as error:
        row.doubt(error)
        raise
    except Exception as error:
        row.doubt(error)
    else:
        row.done(clock.now())
