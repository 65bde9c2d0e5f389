"""Checks of the one window: requested with each submission, and completed by the service."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from permits.case_types.declaration import CaseType
from permits.case_types.registry import case_type
from permits.checks.completion import record_completed
from permits.checks.opinions import unasked
from permits.checks.required_documents import submitted_with, unseen
from permits.models import Application, ApplicationDocument, Check, CheckKind, Submission
from wpis.documents.models import CheckedFile, FileCheck, Upload
from wpis.documents.models import State as UploadState
from wpis.documents.queues import KIND as DOCUMENT
from wpis.models import BackgroundJob

__all__ = ["DOCUMENT", "follow_outcome", "pass_on", "request_checks", "settle_documents"]


def request_checks(submission: Submission, *, at: datetime) -> None:
    """Ask for every check of a new submission; those of earlier submissions no longer count.

    The caller has locked the application, so a file cannot be cleared unseen meanwhile (see `settle_documents`).
    """
    if submission.number > 1:
        Check.objects.filter(submission__application=submission.application_id, superseded_at=None).update(
            superseded_at=at
        )
    declared = case_type(submission.application.kind)
    in_order = _files_are_in_order(declared, submission.application.attached)
    settled = {CheckKind.DOCUMENTS: at} if in_order else {}
    rows = [
        Check(submission=submission, kind=kind, requested_at=at, completed_at=settled.get(kind))
        for kind in declared.checks
    ]
    Check.objects.bulk_create([*rows, *unasked(submission, declared.opinions, at=at)])
    record_completed([row for row in rows if row.completed_at], CheckKind.DOCUMENTS)


@transaction.atomic
def settle_documents(application: UUID, *, at: datetime) -> None:
    """Complete the check of the files once none waits any more and every required document can be shown.

    The application is locked, as it is while a submission is being made: otherwise the last file could be cleared
    just before the submission's check becomes visible, and that check would stay open for ever.
    """
    current = Application.objects.select_for_update(no_key=True).get(pk=application)
    newest = current.submissions.order_by("-number").first()
    if newest is not None and _files_are_in_order(case_type(current.kind), submitted_with(newest)):
        waiting = newest.checks.filter(kind=CheckKind.DOCUMENTS, superseded_at=None, completed_at=None)
        rows = list(waiting.select_for_update(no_key=True).only("pk"))
        waiting.filter(pk__in=[row.pk for row in rows]).update(completed_at=at)
        record_completed(rows, CheckKind.DOCUMENTS)


def _files_are_in_order(declared: CaseType, attached: Sequence[ApplicationDocument]) -> bool:
    """Whether these files have been inspected and the required ones can be shown; call with the application locked."""
    if any(document.upload.state == UploadState.QUARANTINED for document in attached):
        return False
    return not unseen(declared.documents, attached)


def follow_outcome(checked: CheckedFile, at: datetime) -> None:
    """Handler of a file that has been looked into: settle the check of its application."""
    settle_documents(Upload.objects.get(pk=checked.key).owner, at=at)


def pass_on(job: BackgroundJob, at: datetime) -> None:
    """Handler of a `document` job, as release 0.1.0 wrote them: the file waits in the queue of files from now on."""
    upload = Upload.objects.get(pk=job.key)
    if upload.state != UploadState.QUARANTINED:
        settle_documents(upload.owner, at=at)
        return
    check = FileCheck(
        kind=DOCUMENT,
        key=upload.pk,
        party=Application.objects.get(pk=upload.owner).employer_id,
        account=upload.uploaded_by,
        created_at=at,
        due_at=at,
    )
    FileCheck.objects.bulk_create([check], ignore_conflicts=True)
