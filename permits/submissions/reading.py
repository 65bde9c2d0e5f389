"""Reads a stored submission in whatever version it was written; nothing else in the product reads a snapshot."""

from typing import Any

import structlog

from permits.models.submission import Submission
from permits.submissions.canonical import canonical_text, digest_of
from permits.submissions.records import SubmissionRecord, build
from permits.submissions.versions import UnreadableSnapshot, upcast, version_of
from wpis.crypto.sealing import Tampered
from wpis.errors import UnreadableRecord

log = structlog.get_logger(__name__)


def read(submission: Submission) -> SubmissionRecord:
    """What was filed, as it was filed; that it cannot be read is logged as an error, with a reference.

    Raises Tampered when the stored snapshot is not the one whose digest was written at filing,
    UnreadableSnapshot (a ValueError) when it does not have the shape of its version; both are an UnreadableRecord.
    """
    try:
        return _read(submission)
    except UnreadableRecord as error:
        error.reference = _reference(submission)
        log.error(
            "submission_unreadable",
            submission=str(submission.pk),
            reference=error.reference,
            error=type(error).__name__,
        )
        raise


def read_if_readable(submission: Submission) -> SubmissionRecord | None:
    """The same for a page that has more to show; None when it cannot be read."""
    try:
        return read(submission)
    except UnreadableRecord:
        return None


def _reference(submission: Submission) -> str:
    """Of the file where it is at hand, else the id of the submission: the third surface may not read applications."""
    if Submission._meta.get_field("application").is_cached(submission):
        return submission.application.reference or str(submission.pk)
    return str(submission.pk)


def _read(submission: Submission) -> SubmissionRecord:
    try:
        data: Any = submission.snapshot
    except ValueError as error:
        raise UnreadableSnapshot(f"a snapshot is not JSON: {error}") from error
    if digest_of(canonical_text(data)) != submission.digest:
        raise Tampered(f"the snapshot of submission {submission.pk} does not fit its digest")
    if not isinstance(data, dict):
        raise UnreadableSnapshot("a snapshot is not a JSON object")
    return record_from(data)


def record_from(data: dict[str, Any]) -> SubmissionRecord:
    """The record of a snapshot of any version. Raises UnreadableSnapshot."""
    written = version_of(data)
    try:
        record: SubmissionRecord = build(SubmissionRecord, upcast(data, written), written)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise UnreadableSnapshot(f"a snapshot of version {written} lacks its shape: {error}") from error
    return record
