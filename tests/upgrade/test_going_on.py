"""What an earlier release left unfinished goes on: sign-in, programs, the outbox, and the next step of people."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt
from django.conf import settings
from django.core import mail
from django.utils import timezone

from alerts.models import Screening
from alerts.tasks import work_restricted
from permits.models import ApiRequest, Application, FeedItem, Permit
from permits.tasks import work_open
from referral.models import Referral, Reminder
from referral.tasks import work_reminders
from tests.conftest import SurfaceClient
from tests.factories.permits import PASSWORD
from tests.smoke.page import Page
from tests.smoke.totp import code
from tests.upgrade.clock import Clock
from tests.upgrade.restoring import Release
from wpis.accounts.models import User
from wpis.documents.checking.tasks import work_files
from wpis.documents.models import State, Upload
from wpis.models import BackgroundJob
from wpis.outbox import OutboxRow

SIGN_IN = ("anna", "lilit", "anahit", "shelter")


@pytest.mark.parametrize("name", SIGN_IN)
def test_people_sign_in_with_the_password_and_the_one_time_codes_they_had(
    release: Release, settings: Any, clock: Clock, name: str
) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    user = User.objects.get(email=f"{name}@people.example")
    browser = SurfaceClient(user.surface)
    answer = browser.post("/accounts/login/", {"login": user.email, "password": PASSWORD}, follow=True)
    factor = Authenticator.objects.filter(user=user, type="totp").first()
    if factor is not None:
        now = code(decrypt(factor.data["secret"]), timezone.now().timestamp())
        answer = browser.post(answer.redirect_chain[-1][0], {"code": now}, follow=True)
    assert answer.wsgi_request.user == user
    assert answer.status_code == 200


def test_the_program_of_an_employer_still_signs_in_and_a_repeated_request_has_no_second_effect(
    release: Release,
) -> None:
    headers = {"Authorization": f"Bearer {release.keys['tokens']['portal']}"}
    program = SurfaceClient("portal")
    kept = ApiRequest.objects.get(key="submit-1")
    file = Application.objects.get(pk=kept.answer["id"])
    assert (
        program.get(f"/api/v1/applications/{file.pk}", headers=headers).json()["reference"] == file.reference
    )
    answer = program.post(
        f"/api/v1/applications/{file.pk}/submit",
        {"declared": True},
        content_type="application/json",
        headers=headers | {"Idempotency-Key": "submit-1"},
    )
    assert answer.status_code == 200
    assert answer.json() == kept.answer
    assert file.submissions.count() == 1


def test_the_case_system_of_an_agency_still_reads_what_was_sent_to_it(release: Release) -> None:
    headers = {"Authorization": f"Bearer {release.keys['tokens']['protection']}"}
    system = SurfaceClient("protection")
    page = system.get("/api/v1/items", headers=headers).json()
    assert page["count"] > 0
    for row in page["results"]:
        read = system.get(f"/api/v1/items/{row['id']}", headers=headers).json()
        packet = Referral.objects.get(pk=row["id"]).packet
        assert {field["name"]: field["value"] for field in read["shared"]} == packet


def begun_and_dead(rows: type[OutboxRow]) -> list[Any]:
    """What a person must look at: given up, or begun without an end."""
    kept = rows._default_manager.filter(done_at=None).exclude(dead_at=None, started_at=None)
    return list(kept.order_by("pk").values_list("pk", "dead_at", "started_at", "attempts"))


@pytest.mark.parametrize(
    ("rows", "work"),
    [(BackgroundJob, work_open), (FeedItem, work_restricted), (Reminder, work_reminders)],
    ids=lambda each: getattr(each, "__name__", ""),
)
def test_what_waited_in_the_outbox_is_done_and_what_was_given_up_waits_for_a_person(
    release: Release, clock: Clock, rows: type[OutboxRow], work: Any
) -> None:
    now = clock(60)
    waiting = list(rows.waiting(now))
    for_a_person = begun_and_dead(rows)
    assert waiting
    assert for_a_person
    work()
    assert [row.kind for row in rows.waiting(now)] == []
    assert rows._default_manager.filter(pk__in=[row.pk for row in waiting], done_at=None).count() == 0
    assert begun_and_dead(rows) == for_a_person


def test_the_work_has_its_effects(release: Release, clock: Clock) -> None:
    clock(60)
    letters = BackgroundJob.waiting(timezone.now()).filter(kind="notice").count()
    letters += Reminder.waiting(timezone.now()).filter(kind="item_mail").count()
    unseen = list(FeedItem.waiting(timezone.now()).values_list("key", flat=True))
    files = list(Upload.objects.filter(state=State.QUARANTINED))
    for work in (work_open, work_files, work_open, work_restricted, work_reminders):
        work()
    assert len(mail.outbox) == letters > 0
    assert Screening.objects.filter(submission__in=unseen, state="screened").count() == len(unseen) > 0
    waiting = {upload.pk for upload in Upload.objects.filter(state=State.QUARANTINED)}
    given_up = BackgroundJob.objects.filter(kind="document").exclude(dead_at=None)
    assert waiting == set(given_up.values_list("key", flat=True)) < {upload.pk for upload in files}


def hidden(answer: Any, address: str) -> dict[str, str]:
    """What the form that goes to this address holds without being asked."""
    page = Page.read(address, answer.status_code, answer.content, "text/html")
    (form,) = (form for form in page.forms if form.action in ("", address) and form.method == "post")
    return {name: values[0] for name, values in form.holds.items()}


def test_a_proposed_approval_is_confirmed_and_its_permit_printed(release: Release) -> None:
    file = Application.objects.get(state="approval_proposed")
    second = User.objects.get(email="gor@people.example")
    desk = SurfaceClient("office").sign_in(second)
    address = f"/files/{file.reference}/confirm/"
    answer = desk.post(address, hidden(desk.get(address), address))
    assert answer.status_code == 302, answer.content
    permit = Permit.objects.get(application=file)
    assert desk.get(f"/files/{file.reference}/permit.pdf").content.startswith(b"%PDF")
    assert SurfaceClient("portal").get(f"/check/{permit.code}").status_code == 200
    assert settings.WPIS_PERMIT_KEY["kid"] == "p2"
