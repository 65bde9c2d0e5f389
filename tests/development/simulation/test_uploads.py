"""An upload that is given the answer of an earlier copy is written exactly as the real check writes it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from permits.actions import applications, documents
from permits.case_types.new import CASE_TYPE
from permits.checks import actions
from permits.development.simulation import background_jobs
from permits.development.simulation.specimens import specimen
from permits.document_kinds import DocumentKind
from permits.models import Application, Check
from permits.submissions.draft import Draft
from tests.factories.permits import a_draft, a_user, an_employer, answers
from wpis.audit.models import AuditEvent
from wpis.documents.models import Upload, UploadContent
from wpis.models import BackgroundJob

AT = datetime(2026, 11, 20, 8, tzinfo=UTC)


def a_new_draft() -> Application:
    by = a_user()
    return a_draft(an_employer(by, AT), by, AT)


def uploaded(application: Application, at: datetime) -> list[Upload]:
    attached = [
        documents.attach(application, specimen(kind), kind, by=application.created_by, at=at)
        for kind in CASE_TYPE.documents
    ]
    return [document.upload for document in attached]


def written(upload: Upload) -> dict[str, Any]:
    """Everything that a check leaves; moments are counted from the upload's own."""
    row = Upload.objects.filter(pk=upload.pk).values().get()
    job = BackgroundJob.objects.get(kind=actions.DOCUMENT, key=upload.pk)
    events = AuditEvent.objects.filter(subject=upload.pk, action="documents.upload.check")
    assert job.done_at
    assert row["checked_at"]
    own = ("id", "owner", "uploaded_by", "uploaded_at", "checked_at")
    return {
        **{name: value for name, value in row.items() if name not in own},
        "checked after": row["checked_at"] - row["uploaded_at"],
        "done after": job.done_at - job.created_at,
        "job": (job.attempts, job.error),
        "content": UploadContent.objects.get(pk=upload.pk).content,
        "events": list(events.values("actor", "role", "surface", "subject_kind", "detail")),
    }


@pytest.mark.django_db
def test_a_copy_of_a_specimen_is_written_as_the_first_one(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = a_new_draft(), a_new_draft()
    really_checked = uploaded(first, AT)
    background_jobs.check_uploads([upload.pk for upload in really_checked])

    monkeypatch.setattr(actions, "check_document", None)  # whoever calls it now fails
    copies = uploaded(second, AT + timedelta(days=1))
    background_jobs.check_uploads([upload.pk for upload in copies])

    assert [written(copy) for copy in copies] == [written(upload) for upload in really_checked]
    assert {written(upload)["state"] for upload in copies} == {"clean"}
    assert any(upload.sha256 != upload.received_sha256 for upload in Upload.objects.filter(kind="passport"))


@pytest.mark.django_db
def test_the_last_copy_settles_the_check_of_the_files() -> None:
    """As the handler of the job does, an application that waits for nothing but this file is told."""
    background_jobs.check_uploads([upload.pk for upload in uploaded(a_new_draft(), AT)])
    waiting = an_application_whose_files_wait()
    background_jobs.check_uploads(
        Upload.objects.filter(owner=waiting.pk, kind=DocumentKind.CONTRACT).values_list("pk", flat=True)
    )
    assert Check.objects.get(submission__application=waiting, kind="documents").completed_at is None
    background_jobs.check_uploads(Upload.objects.filter(owner=waiting.pk).values_list("pk", flat=True))
    assert Check.objects.get(submission__application=waiting, kind="documents").completed_at is not None


def an_application_whose_files_wait() -> Application:
    """Submitted while both of its files are still in quarantine."""
    draft = a_new_draft()
    for part, values in answers(timezone.localdate(AT)).items():
        applications.save_part(draft, part, values, by=draft.created_by, at=AT)
    uploaded(draft, AT)
    return applications.submit(
        draft, by=draft.created_by, at=AT, declared=True, expected_draft=Draft.AS_SAVED
    )
