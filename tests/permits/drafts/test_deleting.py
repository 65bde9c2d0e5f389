"""Deleting a draft: asked first, gone at once for everybody, traced, undone within a day, never what was submitted."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import psycopg2.errors
import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from permits.actions import applications, documents, drafts
from permits.models import Application, DocumentKind, DraftActivity, Worker
from permits.submissions.draft import Draft, content_id
from permits.tasks import tell_owners_of_drafts
from tests.conftest import SurfaceClient, standing_on
from tests.factories import permits as make
from wpis.accounts.roles import Role
from wpis.audit.models import AuditEvent
from wpis.documents.models import Upload, UploadContent
from wpis.documents.queues import FileCheck
from wpis.errors import ChangedMeanwhile, Refused
from wpis.models import BackgroundJob
from wpis.tasks import retention

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft() -> Application:
    return make.a_complete_application()


def employer_of(draft: Application) -> SurfaceClient:
    return SurfaceClient("portal", HTTP_ACCEPT_LANGUAGE="en").sign_in(draft.created_by)


def delete(draft: Application) -> None:
    drafts.delete(draft, expected_draft=Draft.AS_SAVED, by=draft.created_by, at=timezone.now())


def confirm(client: SurfaceClient, draft: Application) -> Any:
    """Open the page that asks, and press its button."""
    address = f"/applications/{draft.pk}/delete/"
    asked = client.get(address)
    assert asked.status_code == 200
    text = asked.content.decode()
    assert "You can undo this for a day" in text
    assert "2 files" in text
    sent = text.split('name="draft" value="')[1].split('"')[0]
    return client.post(address, {"draft": sent})


def test_it_is_gone_from_every_page_at_once_and_the_trail_says_who(draft: Application) -> None:
    client = employer_of(draft)
    restore = f"/applications/{draft.pk}/restore/"
    assert confirm(client, draft)["Location"] == restore
    assert "This draft has been deleted" in client.get(restore).content.decode()
    name = draft.worker.full_name
    for listed in ("/", "/applications/?state=draft", f"/applications/?q={draft.worker.surname}"):
        assert name not in client.get(listed).content.decode()
    for page in ("", "worker/", "documents/", "check/", "delete/"):
        assert client.get(f"/applications/{draft.pk}/{page}")["Location"] == restore, page
        answer = client.post(f"/applications/{draft.pk}/{page}")
        assert answer.status_code in (405, 409), page
    absent = client.get(f"/applications/{uuid4()}/")
    for page in ("answer/", "withdraw/", "submitted/", "permit.pdf"):
        answer = client.get(f"/applications/{draft.pk}/{page}")
        assert (answer.status_code, answer.content) == (404, absent.content), page
    event = AuditEvent.objects.get(action="permits.application.delete")
    assert (event.subject, event.actor) == (draft.pk, draft.created_by_id)


def test_a_delegate_may_delete_it_and_a_stranger_finds_nothing(draft: Application, client_on: Any) -> None:
    delegate, stranger = make.a_user(Role.DELEGATE), make.a_user()
    make.an_employer(stranger)
    make.a_delegate(draft.employer, delegate, by=draft.created_by)
    there = client_on("portal").sign_in(stranger)
    absent = there.get(f"/applications/{uuid4()}/delete/")
    for method in (there.get, there.post):
        answer = method(f"/applications/{draft.pk}/delete/")
        assert (answer.status_code, answer.content) == (404, absent.content)
    assert DraftActivity.objects.get(pk=draft.pk).deleted_at is None
    here = SurfaceClient("portal", HTTP_ACCEPT_LANGUAGE="en").sign_in(delegate)
    assert confirm(here, draft).status_code == 302
    assert DraftActivity.objects.get(pk=draft.pk).deleted_at is not None


def test_a_draft_that_somebody_worked_on_meanwhile_is_not_deleted(draft: Application) -> None:
    read = content_id(Application.objects.get(pk=draft.pk))
    applications.save_part(draft, "terms", {"job_title": "Baker"}, by=draft.created_by, at=timezone.now())
    with pytest.raises(ChangedMeanwhile):
        drafts.delete(draft, expected_draft=read, by=draft.created_by, at=timezone.now())
    answer = employer_of(draft).post(f"/applications/{draft.pk}/delete/", {"draft": str(read)})
    assert answer.status_code == 409
    assert employer_of(draft).post(f"/applications/{draft.pk}/delete/").status_code == 409, "nothing was read"
    assert Application.objects.filter(pk=draft.pk, activity__deleted_at=None).exists()


def test_what_was_submitted_is_not_deleted_whatever_its_state() -> None:
    for filed in (make.a_submitted_application(), make.a_refusal(), make.a_permit().application):
        with pytest.raises(Refused):
            delete(filed)
        client = employer_of(filed)
        assert client.get(f"/applications/{filed.pk}/delete/")["Location"] == f"/applications/{filed.pk}/"
        answer = client.post(
            f"/applications/{filed.pk}/delete/",
            {"draft": str(content_id(Application.objects.get(pk=filed.pk)))},
        )
        assert answer.status_code == 409
        assert "was submitted" in answer.content.decode()
        assert client.get(f"/applications/{filed.pk}/").status_code == 200
    assert not AuditEvent.objects.filter(action="permits.application.delete").exists()


def test_nothing_is_saved_in_it_attached_to_it_or_filed_of_it_afterwards(draft: Application) -> None:
    by, now = draft.created_by, timezone.now()
    delete(draft)
    for act in (
        lambda: applications.save_part(draft, "terms", {"job_title": "Baker"}, by=by, at=now),
        lambda: documents.attach(draft, make.a_file(), DocumentKind.OTHER, by=by, at=now),
        lambda: applications.submit(draft, declared=True, expected_draft=Draft.AS_SAVED, by=by, at=now),
        lambda: delete(draft),
    ):
        with pytest.raises(Refused, match="deleted"):
            act()


def deleted_long_ago(draft: Application, hours: float) -> None:
    """As if it had been deleted so many hours ago."""
    delete(draft)
    DraftActivity.objects.filter(pk=draft.pk).update(deleted_at=timezone.now() - timedelta(hours=hours))


def expire() -> None:
    with standing_on("protection"):
        retention()


def test_retention_takes_it_with_its_files_a_day_later_and_no_other_draft() -> None:
    gone, kept = make.a_complete_application(), make.a_complete_application()
    files = list(Upload.objects.filter(owner=gone.pk).values_list("pk", flat=True))
    assert files
    deleted_long_ago(gone, 23)
    expire()
    assert Worker.objects.filter(pk=gone.pk).exists(), "its key is not free within the day"
    DraftActivity.objects.filter(pk=gone.pk).update(deleted_at=timezone.now() - timedelta(hours=25))
    expire()
    assert not Application.objects.filter(pk=gone.pk).exists()
    assert not Worker.objects.filter(pk=gone.pk).exists()
    assert not Upload.objects.filter(pk__in=files).exists()
    assert not UploadContent.objects.filter(pk__in=files).exists()
    assert Application.objects.filter(pk=kept.pk).exists()
    assert AuditEvent.objects.filter(action="permits.application.delete", subject=gone.pk).exists()
    counted = AuditEvent.objects.get(action="retention.rows.delete", detail__kind="deleted_drafts")
    assert counted.detail["rows"] == 1


def test_a_file_that_waits_for_its_check_goes_too_with_its_job(draft: Application) -> None:
    document = make.attach(draft, DocumentKind.OTHER, by=draft.created_by, at=timezone.now(), checked=False)
    deleted_long_ago(draft, 25)
    expire()
    assert not Upload.objects.filter(pk=document.upload_id).exists()
    assert not FileCheck.objects.filter(key=document.upload_id).exists()


def test_nobody_is_told_of_its_end_any_more(draft: Application) -> None:
    delete(draft)
    DraftActivity.objects.filter(pk=draft.pk).update(touched_at=timezone.now() - timedelta(days=170))
    with standing_on("office"):
        tell_owners_of_drafts()
    assert not BackgroundJob.objects.filter(kind="draft_ends").exists()


ATTACKS = {
    "the portal brings it back unseen": ("portal", "UPDATE permits_draftactivity SET deleted_at = NULL"),
    "the portal deletes it later": (
        "portal",
        "UPDATE permits_draftactivity SET deleted_at = clock_timestamp(), touched_at = clock_timestamp()",
    ),
    "the portal touches it": ("portal", "UPDATE permits_draftactivity SET touched_at = clock_timestamp()"),
    "the portal writes into it": ("portal", "UPDATE permits_worker SET surname = 'X'"),
    "the portal takes a file off it": (
        "portal",
        "UPDATE permits_applicationdocument SET removed_at = clock_timestamp()",
    ),
    "the portal files it": (
        "portal",
        "UPDATE permits_application SET state = 'submitted', reference = 'WP-1', submitted_at = clock_timestamp()",
    ),
    "the office brings it back": (
        "office",
        "UPDATE permits_draftactivity SET deleted_at = NULL, told_at = NULL",
    ),
    "the portal removes the rows": ("portal", "DELETE FROM permits_draftactivity"),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_role_brings_back_or_changes_what_was_deleted(draft: Application, attack: str) -> None:
    delete(draft)
    refused(*ATTACKS[attack])


LIVING = {
    "the office deletes a draft": (
        "office",
        "UPDATE permits_draftactivity SET deleted_at = clock_timestamp()",
    ),
    "the portal dates a deletion back": (
        "portal",
        "UPDATE permits_draftactivity SET deleted_at = now() - interval '2 days'",
    ),
}


@pytest.mark.parametrize("attack", LIVING)
def test_only_the_portal_deletes_and_only_now(draft: Application, attack: str) -> None:
    refused(*LIVING[attack])


def test_the_portal_deletes_nothing_that_was_filed() -> None:
    make.a_submitted_application()
    refused("portal", "UPDATE permits_draftactivity SET deleted_at = clock_timestamp()")


def refused(surface: str, statement: str) -> None:
    """The database role of this surface cannot do it."""
    with (
        standing_on(surface),
        pytest.raises(DatabaseError) as failed,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert isinstance(
        failed.value.__cause__, psycopg2.errors.InsufficientPrivilege | psycopg2.errors.RaiseException
    )
