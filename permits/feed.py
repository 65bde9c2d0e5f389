"""The interface for the downstream app, which claims submissions here and reports when they are done."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.db import OperationalError, transaction
from django.db.models import Q
from django.db.models.expressions import Combinable

from permits.check_kinds import CheckKind
from permits.checks.completion import record_completed
from permits.models.override import CheckOverride
from permits.models.submission import Check, FeedItem, Submission
from permits.parts.description import Described, DescribedPart, described
from permits.submissions.reading import read
from permits.submissions.records import (
    EmployerRecord,
    HousingRecord,
    RecruitmentRecord,
    SubmissionRecord,
    TermsRecord,
    WorkerRecord,
)
from permits.submissions.versions import UnreadableSnapshot
from wpis.database.locks import is_lock_trouble, lock_timeout

__all__ = [
    "Described",
    "DescribedPart",
    "EmployerRecord",
    "HousingRecord",
    "OverrideRecord",
    "RecruitmentRecord",
    "SubmissionRecord",
    "TermsRecord",
    "WorkerRecord",
    "claim",
    "complete_check",
    "count_overrides",
    "described",
    "fail",
    "in_turn",
    "overrides",
    "record",
    "records",
    "retry",
    "unfinished",
]

log = structlog.get_logger(__name__)


PATIENCE_MS = 1000
"""How long completing checks waits for the table, which an open transaction of another surface may have locked."""

SOON = timedelta(seconds=5)
"""When a check that somebody else had locked is tried again."""


def claim(limit: int, at: datetime, where: Q | Combinable = Q()) -> list[UUID]:  # noqa: B008  immutable
    """Lock up to `limit` waiting submissions for the caller's transaction; locked ones are passed over.

    `where` narrows them down; the submission is `OuterRef("key")` there. Call inside `atomic`.
    """
    rows = FeedItem.waiting(at).filter(where)
    return list(rows.select_for_update(skip_locked=True).values_list("key", flat=True)[:limit])


def in_turn(submissions: Iterable[UUID]) -> list[UUID]:
    """Those of the claimed submissions whose turn it is: no earlier one of the same application is still to be read.

    One that was tried and failed is no longer in the way. Call with claimed submissions, in their transaction.
    """
    keys = list(submissions)
    later = Submission.objects.filter(pk__in=keys, number__gt=1)
    turns = {key: (file, number) for key, file, number in later.values_list("pk", "application", "number")}
    if not turns:
        return keys
    files = {file for file, _ in turns.values()}
    others = Submission.objects.filter(application__in=files).exclude(pk__in=keys)
    numbers = {key: (file, number) for key, file, number in others.values_list("pk", "application", "number")}
    untouched = FeedItem.objects.filter(key__in=numbers, done_at=None, dead_at=None, attempts=0)
    ahead = [numbers[key] for key in untouched.values_list("key", flat=True)]
    held = {key for key, (mine, n) in turns.items() if any(mine == file and k < n for file, k in ahead)}
    return [key for key in keys if key not in held]


def records(submissions: Iterable[UUID]) -> list[SubmissionRecord]:
    """The submissions as they were filed, oldest first, in whatever version they were stored.

    Raises UnreadableRecord: a snapshot was changed in the database, or this release cannot read it.
    """
    rows = Submission.objects.filter(pk__in=list(submissions)).order_by("at", "pk")
    return [read(row) for row in rows]


def record(submission: UUID) -> SubmissionRecord:
    """One submission as it was filed. Raises UnreadableRecord when it cannot be read, also when it is not there."""
    found = records([submission])
    if not found:
        raise UnreadableSnapshot("there is no such submission")
    return found[0]


def complete_check(submissions: Iterable[UUID], at: datetime) -> None:
    """Mark the automatic check of these submissions complete: one word, one moment, whatever was found.

    A check that another surface has locked is not waited for: its submission stays in the feed and becomes due again
    at once. Its results stand, and none of the others is held up. Call inside `atomic`.
    """
    keys = list(submissions)
    locked = _complete(keys, at)
    rows = FeedItem.objects.filter(kind="submission", key__in=keys)
    rows.exclude(key__in=locked).update(done_at=at)
    if locked:
        log.warning("checks_locked_elsewhere", count=len(locked))
        rows.filter(key__in=locked).update(due_at=at + SOON)


def _complete(keys: list[UUID], at: datetime) -> set[UUID]:
    """Complete what is not locked; returns the submissions of the other checks."""
    automatic = Check.objects.filter(submission__in=keys, kind=CheckKind.AUTOMATIC)
    try:
        with transaction.atomic(), lock_timeout(PATIENCE_MS):
            waiting = automatic.filter(completed_at=None)
            free = list(waiting.select_for_update(skip_locked=True, no_key=True).order_by("pk").only("pk"))
            Check.objects.filter(pk__in=[check.pk for check in free]).update(completed_at=at)
            record_completed(free, CheckKind.AUTOMATIC)
            if len(free) == len(keys):
                return set()
            return set(waiting.values_list("submission", flat=True))
    except OperationalError as error:
        if not is_lock_trouble(error):
            raise
        return set(keys)


def fail(submission: UUID, at: datetime, error: Exception) -> None:
    """Record a failed attempt: it is tried again later; until then the check stays open and holds approval."""
    FeedItem.objects.select_for_update(no_key=True).get(kind="submission", key=submission).fail(at, error)


def unfinished() -> int:
    """How many submissions wait or were given up; for the operator's view that nothing is lost."""
    return FeedItem.objects.filter(done_at=None).count()


def retry(submission: UUID, at: datetime) -> bool:
    """Make a submission due again at once, also one that was given up; False when it is done or not there."""
    waiting = FeedItem.objects.filter(kind="submission", key=submission, done_at=None)
    return bool(waiting.update(due_at=at, dead_at=None, attempts=0))


@dataclass(frozen=True, slots=True, kw_only=True)
class OverrideRecord:
    """That a decision shall not wait for one check of a submission: who asked, who agreed, and how it ended.

    `confirmed` is None while it is not settled; `alone` that one supervisor alone decided it, under an earlier release.
    """

    submission: UUID
    kind: CheckKind
    reason: str
    requested_by: str
    requested_at: datetime
    waits_until: datetime
    settled_by: str
    settled_at: datetime | None
    confirmed: bool | None
    alone: bool
    check_completed_at: datetime | None
    check_superseded_at: datetime | None


def overrides(limit: int = 25, offset: int = 0) -> list[OverrideRecord]:
    """Overrides of checks, requested and settled ones alike, the newest first."""
    rows = CheckOverride.objects.select_related("check_row", "requested_by", "settled_by")
    return [
        OverrideRecord(
            submission=row.check_row.submission_id,
            kind=CheckKind(row.check_row.kind),
            reason=row.reason,
            requested_by=str(row.requested_by),
            requested_at=row.requested_at,
            waits_until=row.waits_until,
            settled_by=str(row.settled_by or ""),
            settled_at=row.settled_at,
            confirmed=row.confirmed,
            alone=row.alone,
            check_completed_at=row.check_row.completed_at,
            check_superseded_at=row.check_row.superseded_at,
        )
        for row in rows.order_by("-requested_at", "id")[offset : offset + limit]
    ]


def count_overrides() -> int:
    """How many overrides there are."""
    return CheckOverride.objects.count()
