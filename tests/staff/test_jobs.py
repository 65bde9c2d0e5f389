"""The administrator of protection sees the jobs that were given up, tries them again and drops them."""

import re
from typing import Any

import pytest
from django.utils import timezone

from permits.models import FeedItem
from tests.factories import staff
from tests.processes.test_outbox_command import dead, job, unknown
from wpis.accounts.models import User
from wpis.audit.models import AuditEvent, AuditNote
from wpis.letters.sending import message_id
from wpis.models import BackgroundJob
from wpis.processes.job_steps import AgainReason, DropReason, SentReason

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator() -> User:
    return staff.an_administrator("protection")


@pytest.fixture
def desk(client_on: Any, administrator: User) -> Any:
    return client_on("protection").sign_in(administrator)


def told(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_what_wants_a_person_is_listed_and_nothing_else_and_nobody_is_named(desk: Any) -> None:
    assert "No job was given up" in told(desk.get("/staff/jobs/"))
    given_up, lost = dead(), unknown()
    others = [job(), job(started_at=timezone.now()), job(done_at=timezone.now(), dead_at=timezone.now())]
    page = told(desk.get("/staff/jobs/"))
    assert f"{given_up.pk} Given up" in page
    assert f"{lost.pk} Nobody knows whether it went out" in page
    assert "12 SMTPException" in page
    assert not any(str(row.pk) in page for row in others)
    assert "anahit" not in page


@pytest.mark.parametrize("make", [dead, unknown])
def test_one_is_tried_again_by_somebody_whom_the_trail_names(
    desk: Any, administrator: User, make: Any
) -> None:
    row = make()
    page = told(desk.get(f"/staff/jobs/{row.pk}/retry/"))
    assert ("goes out twice" in page) == (make is unknown)
    assert (message_id(row) in page.replace("&lt;", "<").replace("&gt;", ">")) == (make is unknown)
    if make is unknown:
        assert desk.post(f"/staff/jobs/{row.pk}/retry/").status_code == 422, "a reason is needed"
    why = {"reason": AgainReason.NOT_IN_LOG} if make is unknown else {}
    assert desk.post(f"/staff/jobs/{row.pk}/retry/", why)["Location"] == "/staff/jobs/"
    assert "The job will be tried again." in told(desk.get("/staff/jobs/"))
    assert row in type(row)._default_manager.filter(dead_at=None, started_at=None, attempts=0)
    event = AuditEvent.objects.get(action="wpis.job.retry")
    assert (event.subject, event.actor) == (row.pk, administrator.pk)


def test_a_letter_in_doubt_is_taken_as_sent_by_somebody_whom_the_trail_names(
    desk: Any, administrator: User
) -> None:
    row, given_up = unknown(), dead()
    listed = desk.get("/staff/jobs/").content.decode()
    assert f"/staff/jobs/{row.pk}/sent/" in listed
    assert f"/staff/jobs/{given_up.pk}/sent/" not in listed
    assert desk.get(f"/staff/jobs/{given_up.pk}/sent/").status_code == 404
    for wrong in ({}, {"reason": "Anahit has it"}):
        assert desk.post(f"/staff/jobs/{row.pk}/sent/", wrong).status_code == 422
    desk.post(f"/staff/jobs/{row.pk}/sent/", {"reason": SentReason.IN_LOG})
    assert "The letter was taken as sent." in told(desk.get("/staff/jobs/"))
    assert BackgroundJob.objects.filter(pk=row.pk, done_at__isnull=False, dead_at=None).exists()
    event = AuditEvent.objects.get(action="wpis.job.take_as_sent")
    assert (event.subject, event.actor) == (row.pk, administrator.pk)
    assert AuditNote.objects.get(event=event).text == "in_log"


def test_one_is_dropped_with_a_reason_that_names_nobody(desk: Any, administrator: User) -> None:
    row = dead()
    for wrong in ({}, {"reason": "Ask Anahit, +374 10 123456"}):
        answer = desk.post(f"/staff/jobs/{row.pk}/drop/", wrong)
        assert answer.status_code == 422
    assert BackgroundJob.objects.filter(pk=row.pk, done_at=None).exists()
    desk.post(f"/staff/jobs/{row.pk}/drop/", {"reason": DropReason.NOT_NEEDED})
    assert BackgroundJob.objects.filter(pk=row.pk, done_at__isnull=False, dead_at__isnull=False).exists()
    event = AuditEvent.objects.get(action="wpis.job.drop")
    assert (event.subject, event.actor, event.detail["note"]) == (row.pk, administrator.pk, "encrypted")
    assert AuditNote.objects.get(event=event).text == "not_needed"


def test_a_check_is_never_dropped(desk: Any) -> None:
    row = dead(FeedItem)
    assert f"/staff/jobs/{row.pk}/drop/" not in desk.get("/staff/jobs/").content.decode()
    answer = desk.post(f"/staff/jobs/{row.pk}/drop/", {"reason": DropReason.IMPOSSIBLE})
    assert answer.status_code == 422
    assert "never dropped" in told(answer)


@pytest.mark.parametrize("step", ["retry", "sent", "drop"])
def test_what_a_colleague_has_decided_meanwhile_is_not_decided_again(desk: Any, step: str) -> None:
    row = dead()
    desk.post(f"/staff/jobs/{row.pk}/drop/", {"reason": DropReason.DONE_OTHERWISE})
    assert desk.get(f"/staff/jobs/{row.pk}/{step}/").status_code == 404
    assert desk.post(f"/staff/jobs/{row.pk}/{step}/", {"reason": DropReason.IMPOSSIBLE}).status_code == 404
    assert AuditEvent.objects.filter(action__startswith="wpis.job.").count() == 1


def test_nobody_of_the_office_has_these_pages(client_on: Any) -> None:
    office = client_on("office").sign_in(staff.an_administrator("office"))
    assert office.get("/staff/jobs/").status_code == 404
    assert "/staff/jobs/" not in office.get("/staff/").content.decode()
