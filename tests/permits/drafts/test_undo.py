"""A deletion is undone within the day, by whoever may file for the company; what was typed meanwhile is not lost."""

import html
import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import psycopg2.errors
import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from permits.actions import delegates, drafts
from permits.models import Application, DocumentKind, DraftActivity, EmploymentTerms
from permits.submissions.draft import Draft, content_id
from permits.tasks import tell_owners_of_drafts
from tests.conftest import SurfaceClient, standing_on
from tests.factories import permits as make
from wpis.accounts.roles import Role
from wpis.audit.models import AuditEvent
from wpis.errors import Refused
from wpis.tasks import retention

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft() -> Application:
    return make.a_complete_application()


@pytest.fixture
def client(draft: Application) -> SurfaceClient:
    return SurfaceClient("portal", HTTP_ACCEPT_LANGUAGE="en").sign_in(draft.created_by)


def delete(draft: Application) -> None:
    drafts.delete(draft, expected_draft=Draft.AS_SAVED, by=draft.created_by, at=timezone.now())


def deleted_for(draft: Application, hours: float) -> None:
    """As if it had been deleted so many hours ago."""
    delete(draft)
    DraftActivity.objects.filter(pk=draft.pk).update(deleted_at=timezone.now() - timedelta(hours=hours))


def is_there(draft: Application) -> bool:
    return DraftActivity.objects.filter(pk=draft.pk, deleted_at=None).exists()


def test_the_draft_comes_back_whole_and_is_deleted_again(client: SurfaceClient, draft: Application) -> None:
    before = content_id(Application.objects.get(pk=draft.pk))
    address = f"/applications/{draft.pk}/"
    for times in (1, 2):
        sent = re.search(r'name="draft" value="([^"]+)', client.get(f"{address}delete/").content.decode())
        assert sent
        assert client.post(f"{address}delete/", {"draft": sent[1]})["Location"] == f"{address}restore/"
        assert not is_there(draft)
        assert client.post(f"{address}restore/")["Location"] == address
        assert "The draft is back" in client.get(address).content.decode()
        assert is_there(draft)
        assert (
            AuditEvent.objects.filter(action="permits.application.restore", subject=draft.pk).count() == times
        )
    assert content_id(Application.objects.get(pk=draft.pk)) == before
    answer = client.post(f"{address}terms/", {"job_title": "Baker"})
    assert answer.status_code == 302


def test_the_list_leads_to_what_was_deleted_lately(client: SurfaceClient, draft: Application) -> None:
    assert "Deleted drafts" not in client.get("/applications/").content.decode()
    delete(draft)
    listed = client.get("/applications/").content.decode()
    assert "Deleted drafts" in listed
    assert f'href="/applications/{draft.pk}/restore/"' in listed
    deleted_at = timezone.now() - timedelta(hours=25)
    DraftActivity.objects.filter(pk=draft.pk).update(deleted_at=deleted_at)
    assert "Deleted drafts" not in client.get("/applications/").content.decode()


def test_a_second_press_of_either_button_does_nothing_more(client: SurfaceClient, draft: Application) -> None:
    sent = {"draft": str(content_id(Application.objects.get(pk=draft.pk)))}
    assert client.post(f"/applications/{draft.pk}/delete/", sent).status_code == 302
    again = client.post(f"/applications/{draft.pk}/delete/", sent)
    assert "This draft has been deleted" in again.content.decode()
    assert AuditEvent.objects.filter(action="permits.application.delete").count() == 1
    for _press in range(2):
        assert client.post(f"/applications/{draft.pk}/restore/")["Location"] == f"/applications/{draft.pk}/"
    assert AuditEvent.objects.filter(action="permits.application.restore").count() == 1
    drafts.restore(draft, by=draft.created_by, at=timezone.now())
    assert AuditEvent.objects.filter(action="permits.application.restore").count() == 1


def test_what_was_typed_in_another_tab_is_kept_and_saved_with_the_draft(
    client: SurfaceClient, draft: Application
) -> None:
    page = f"/applications/{draft.pk}/terms/"
    marks = html.unescape(re.findall(r'name="as_read" value="([^"]*)"', client.get(page).content.decode())[0])
    delete(draft)
    answer = client.post(page, {"job_title": "Mason <of> walls", "as_read": marks})
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "what you sent has not been saved" in shown
    form = shown.split('<form method="post">')[1].split("</form>")[0]
    sent = {
        name: html.unescape(value)
        for name, value in re.findall(r'name="([^"]+)" value="([^"]*)"', form)
        if name != "csrfmiddlewaretoken"
    }
    assert sent["job_title"] == "Mason <of> walls"
    assert client.post(page, sent).status_code == 302
    assert is_there(draft)
    assert EmploymentTerms.objects.get(pk=draft.pk).job_title == "Mason <of> walls"


def test_a_file_that_was_sent_to_it_is_asked_for_again(client: SurfaceClient, draft: Application) -> None:
    delete(draft)
    sent = {"kind": DocumentKind.OTHER, "file": make.a_file("p.pdf")}
    shown = client.post(f"/applications/{draft.pk}/documents/", sent).content.decode()
    assert "Choose the file again" in shown


def test_nothing_is_filed_by_bringing_it_back(client: SurfaceClient, draft: Application) -> None:
    delete(draft)
    page = f"/applications/{draft.pk}/check/"
    sent = {"declared": "on", "draft": str(content_id(Application.objects.get(pk=draft.pk)))}
    assert client.post(page, sent).status_code == 409
    assert client.post(page, {"declared": "on", "restore": "1"}).status_code == 422
    assert Application.objects.get(pk=draft.pk).state == "draft"


def test_whoever_may_file_brings_it_back_and_a_stranger_finds_nothing(draft: Application) -> None:
    delegate, dismissed, stranger = make.a_user(Role.DELEGATE), make.a_user(Role.DELEGATE), make.a_user()
    make.an_employer(stranger)
    for person in (delegate, dismissed):
        make.a_delegate(draft.employer, person, by=draft.created_by)
    delegates.dismiss(draft.employer, dismissed, by=draft.created_by, at=timezone.now())
    delete(draft)
    for person in (stranger, dismissed):
        there = SurfaceClient("portal", HTTP_ACCEPT_LANGUAGE="en").sign_in(person)
        for page in ("restore/", "", "terms/", "delete/"):
            absent = there.get(f"/applications/{uuid4()}/{page}")
            for answer in (
                there.get(f"/applications/{draft.pk}/{page}"),
                there.post(f"/applications/{draft.pk}/{page}", {"restore": "1"}),
            ):
                if answer.status_code != 405:
                    assert (answer.status_code, answer.content) == (404, absent.content), page
        assert "Deleted drafts" not in there.get("/applications/").content.decode()
        with pytest.raises(Exception, match=r"application\.file"):
            drafts.restore(draft, by=person, at=timezone.now())
    assert not is_there(draft)
    here = SurfaceClient("portal", HTTP_ACCEPT_LANGUAGE="en").sign_in(delegate)
    assert here.post(f"/applications/{draft.pk}/restore/").status_code == 302
    assert is_there(draft)


def test_a_day_later_it_is_gone_for_good(client: SurfaceClient, draft: Application) -> None:
    deleted_for(draft, 25)
    absent = client.get(f"/applications/{uuid4()}/restore/")
    for answer in (
        client.get(f"/applications/{draft.pk}/restore/"),
        client.post(f"/applications/{draft.pk}/restore/"),
        client.post(f"/applications/{draft.pk}/terms/", {"restore": "1", "job_title": "Baker"}),
    ):
        assert (answer.status_code, answer.content) == (404, absent.content)
    with pytest.raises(Refused, match="too long ago"):
        drafts.restore(draft, by=draft.created_by, at=timezone.now())
    with (
        pytest.raises(DatabaseError),
        standing_on("portal"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE permits_draftactivity SET deleted_at = NULL, touched_at = clock_timestamp()")


def test_what_came_back_lives_as_long_as_what_was_touched(draft: Application) -> None:
    deleted_for(draft, 23)
    with standing_on("portal"):
        drafts.restore(draft, by=draft.created_by, at=timezone.now())
    with standing_on("protection"):
        retention()
    with standing_on("office"):
        tell_owners_of_drafts()
    activity = DraftActivity.objects.get(pk=draft.pk)
    assert (activity.deleted_at, activity.told_at) == (None, None)
    assert activity.touched_at > timezone.now() - timedelta(minutes=1)


def test_a_draft_whose_owner_was_told_of_its_end_is_deleted_and_brought_back_too(draft: Application) -> None:
    long_ago = timezone.now() - timedelta(days=170)
    DraftActivity.objects.filter(pk=draft.pk).update(touched_at=long_ago, told_at=timezone.now())
    with standing_on("portal"):
        delete(draft)
        assert not is_there(draft)
        drafts.restore(draft, by=draft.created_by, at=timezone.now())
    assert is_there(draft)


def test_the_office_brings_nothing_back(draft: Application) -> None:
    delete(draft)
    with (
        standing_on("office"),
        pytest.raises(DatabaseError) as failed,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE permits_draftactivity SET deleted_at = NULL, touched_at = clock_timestamp()")
    assert isinstance(failed.value.__cause__, psycopg2.errors.InsufficientPrivilege)


def test_an_application_that_was_only_started_is_not_offered(draft: Application, client: Any) -> None:
    address = client.post("/applications/start/")["Location"]
    assert client.get(f"{address}restore/").status_code == 404
