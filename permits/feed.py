"""The interface for the downstream app, which claims submissions here and reports when they are done."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from permits.check_kinds import CheckKind
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
    "RecruitmentRecord",
    "SubmissionRecord",
    "TermsRecord",
    "WorkerRecord",
    "claim",
    "complete_check",
    "described",
    "fail",
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
