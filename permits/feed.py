"""The interface for the downstream app, which claims submissions here and reports when they are done."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from permits.check_kinds import CheckKind
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
    "overrides",
    "records",
    "retry",
    "unfinished",
]


def claim(limit: int, at: datetime) -> list[UUID]:
    """Lock up to `limit` waiting submissions for the caller's transaction; locked ones are passed over.

    Call inside `atomic`.
    """
    rows = FeedItem.waiting(at)
    return list(rows.select_for_update(skip_locked=True).values_list("key", flat=True)[:limit])


def records(submissions: Iterable[UUID]) -> list[SubmissionRecord]:
    """The submissions as they were filed, oldest first, in whatever version they were stored.

    Raises UnreadableRecord: a snapshot was changed in the database, or this release cannot read it.
    """
    rows = Submission.objects.filter(pk__in=list(submissions)).order_by("at", "pk")
    return [read(row) for row in rows]


def complete_check(submissions: Iterable[UUID], at: datetime) -> None:
    """Mark the automatic check of these submissions complete: one word, one moment, whatever was found."""
    keys = list(submissions)
    Check.objects.filter(submission__in=keys, kind=CheckKind.AUTOMATIC, completed_at=None).update(
        completed_at=at
    )
    FeedItem.objects.filter(kind="submission", key__in=keys).update(done_at=at)


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
