"""A draft that nobody works on: its owner is told, and a touch keeps it; what was filed is never deleted."""

from datetime import timedelta
from typing import Any

import psycopg2.errors
import pytest
from django.core import mail
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from permits.actions import applications, documents
from permits.drafts import abandoned
from permits.models import Application, ApplicationDocument, DocumentKind, DraftActivity, Employer, Worker
from permits.submissions.draft import Draft
from permits.tasks import tell_owners_of_drafts, work_open
from tests.conftest import SurfaceClient, standing_on
from tests.factories import permits as make
from wpis.audit.models import AuditEvent
from wpis.documents.models import Upload, UploadContent
from wpis.formatting.days import written_day
from wpis.models import BackgroundJob
from wpis.tasks import retention

pytestmark = pytest.mark.django_db


def left_alone(draft: Application, days: float, told: float | None = None) -> None:
    """As if nobody had worked on it for so many days, and the letter had been written so many days ago."""
    now = timezone.now()
    told_at = None if told is None else now - timedelta(days=told)
    DraftActivity.objects.filter(pk=draft.pk).update(touched_at=now - timedelta(days=days), told_at=told_at)


@pytest.fixture
def draft() -> Application:
    return make.a_complete_application()


def letters() -> list[Any]:
    """The letters about drafts that go out now."""
    mail.outbox.clear()
    with standing_on("office"):
        tell_owners_of_drafts()
        work_open()
    return [one for one in mail.outbox if "draft" in one.subject]


def delete() -> None:
    with standing_on("protection"):
        retention()


def test_it_is_told_fourteen_days_before_once_and_on_the_page(draft: Application) -> None:
    left_alone(draft, 165)
    assert letters() == []
    left_alone(draft, 167)
    [letter] = letters()
    assert letter.to == [draft.created_by.email]
    last = abandoned.ends_on(draft)
    assert last is not None
    assert last >= timezone.localdate() + timedelta(days=14)
    assert written_day(last) in letter.body
    assert written_day(last) in letter.subject
    assert letters() == [], "one letter is enough"
    employer = SurfaceClient("portal", HTTP_ACCEPT_LANGUAGE="en").sign_in(draft.created_by)
    assert "It will be deleted with its files" in employer.get(f"/applications/{draft.pk}/").content.decode()
    delete()
    assert Application.objects.filter(pk=draft.pk).exists()


def test_after_that_it_is_gone_with_all_that_belongs_to_it_and_the_trail_says_how_many(
    draft: Application,
) -> None:
    other = make.a_complete_application()
    uploads = list(Upload.objects.filter(owner=draft.pk).values_list("pk", flat=True))
    assert uploads
    left_alone(draft, 181, told=15)
    delete()
    assert not Application.objects.filter(pk=draft.pk).exists()
    assert not Worker.objects.filter(pk=draft.pk).exists()
    assert not ApplicationDocument.objects.filter(application=draft.pk).exists()
    assert not Upload.objects.filter(pk__in=uploads).exists()
    assert not UploadContent.objects.filter(pk__in=uploads).exists()
    assert not BackgroundJob.objects.filter(kind="document", key__in=uploads).exists()
    assert Employer.objects.filter(pk=draft.employer_id).exists()
    assert Application.objects.filter(pk=other.pk).exists()
    assert Upload.objects.filter(owner=other.pk).exists()
    gone = AuditEvent.objects.get(action="retention.rows.delete", detail__kind="abandoned_drafts")
    assert gone.detail["rows"] == 1
    assert AuditEvent.objects.filter(action="permits.application.start", subject=draft.pk).exists()


@pytest.mark.parametrize("touch", ["save", "attach", "remove"])
def test_a_draft_that_is_touched_again_lives_on(draft: Application, touch: str) -> None:
    left_alone(draft, 181, told=15)
    with standing_on("portal"):
        if touch == "save":
            applications.save_part(draft, "terms", {}, by=draft.created_by, at=timezone.now())
        elif touch == "attach":
            documents.attach(draft, make.a_file(), DocumentKind.OTHER, by=draft.created_by, at=timezone.now())
        else:
            attached = ApplicationDocument.objects.filter(application=draft)[0]
            documents.remove(attached, by=draft.created_by, at=timezone.now())
    assert abandoned.ends_on(draft) is None
    delete()
    assert Application.objects.filter(pk=draft.pk).exists()
    assert letters() == []


def test_who_was_not_told_keeps_the_draft_however_old(draft: Application) -> None:
    left_alone(draft, 2000)
    delete()
    assert Application.objects.filter(pk=draft.pk).exists()
    left_alone(draft, 2000, told=13)
    delete()
    assert Application.objects.filter(pk=draft.pk).exists()


def test_a_letter_that_is_overtaken_by_work_is_not_sent(draft: Application) -> None:
    left_alone(draft, 170)
    with standing_on("office"):
        tell_owners_of_drafts()
    applications.save_part(draft, "terms", {}, by=draft.created_by, at=timezone.now())
    mail.outbox.clear()
    with standing_on("office"):
        work_open()
    assert [one for one in mail.outbox if "draft" in one.subject] == []
    assert not BackgroundJob.objects.filter(kind=abandoned.KIND, done_at=None).exists()


def test_nothing_that_was_filed_is_deleted_whatever_its_old_draft_says(draft: Application) -> None:
    applications.submit(
        draft, declared=True, expected_draft=Draft.AS_SAVED, by=draft.created_by, at=timezone.now()
    )
    left_alone(draft, 2000, told=1000)
    delete()
    assert Application.objects.filter(pk=draft.pk).exists()
    assert Upload.objects.filter(owner=draft.pk).exists()
    assert letters() == []


ATTACKS = {
    "the portal says that it has told": (
        "portal",
        "UPDATE permits_draftactivity SET told_at = clock_timestamp()",
    ),
    "the portal dates the last work back": (
        "portal",
        "UPDATE permits_draftactivity SET touched_at = now() - interval '200 days'",
    ),
    "the office tells while somebody works": (
        "office",
        "UPDATE permits_draftactivity SET told_at = clock_timestamp()",
    ),
    "the office dates the letter back": (
        "office",
        "UPDATE permits_draftactivity SET told_at = now() - interval '20 days'",
    ),
    "the office deletes": ("office", "DELETE FROM permits_draftactivity"),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_role_makes_a_draft_older_than_it_is(draft: Application, attack: str) -> None:
    surface, statement = ATTACKS[attack]
    with (
        standing_on(surface),
        pytest.raises(DatabaseError) as refused,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert isinstance(
        refused.value.__cause__, psycopg2.errors.InsufficientPrivilege | psycopg2.errors.RaiseException
    )


def test_two_drafts_leave_the_same_way_whatever_stands_in_them(settings: Any) -> None:
    """Nothing that a draft holds decides when it goes: the function reads its state and its moments alone."""
    heavy = make.a_complete_application(recruitment={"used_recruiter": True, "worker_fee": 900_000})
    light = make.a_complete_application()
    for one in (heavy, light):
        left_alone(one, 181, told=15)
    delete()
    assert not Application.objects.filter(pk__in=[heavy.pk, light.pk]).exists()
