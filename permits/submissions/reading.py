"""Reads a stored submission in whatever version it was written; nothing else in the product reads a snapshot."""

from typing import Any

from permits.models.submission import Submission
from permits.submissions.canonical import canonical_text, digest_of
from permits.submissions.records import SubmissionRecord, build
from permits.submissions.versions import UnreadableSnapshot, upcast, version_of
from wpis.crypto.sealing import Tampered


def read(submission: Submission) -> SubmissionRecord:
    """What was filed, as it was filed.

    Raises Tampered when the stored snapshot is not the one whose digest was written at filing,
    UnreadableSnapshot (a ValueError) when it does not have the shape of its version.
    """
    data = submission.snapshot
    if digest_of(canonical_text(data)) != submission.digest:
        raise Tampered(f"the snapshot of submission {submission.pk} does not fit its digest")
    return record_from(data)


def record_from(data: dict[str, Any]) -> SubmissionRecord:
    """The record of a snapshot of any version. Raises UnreadableSnapshot."""
    written = version_of(data)
    try:
        record: SubmissionRecord = build(SubmissionRecord, upcast(data, written), written)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise UnreadableSnapshot(f"a snapshot of version {written} lacks its shape: {error}") from error
    return record
