"""Where an application stands: a permit that has ended says so in words and colour wherever it is shown."""

import re
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from permits.actions import applications, tokens
from permits.employer import tracker
from permits.models import Permit
from permits.states import PermitState, permit_state
from tests.factories import permits as make
from wpis.ui.templatetags.wpi import tag

pytestmark = pytest.mark.django_db

GREEN = 'class="tag ok"'

STANDINGS = [
    ("before", "not_yet", "Not valid yet", "Permit not valid yet", "The worker may not start before"),
    ("within", "valid", "Valid", "Permit issued", "The permit is issued"),
    ("after", "expired", "Expired", "Permit expired", "The permit has expired"),
    ("revoked", "revoked", "Revoked", "Permit revoked", "The permit was revoked"),
]


@pytest.fixture
def permit() -> Permit:
    return make.a_permit()


def travel_to(permit: Permit, when: str) -> Any:
    """Noon of a day before, within or after the term; a revoked permit is one within its term."""
    days = {"before": permit.valid_from - timedelta(days=1), "after": permit.valid_until + timedelta(days=1)}
    noon = datetime.combine(days.get(when, permit.valid_from), datetime.min.time()) + timedelta(hours=12)
    return time_machine.travel(timezone.make_aware(noon), tick=False)


def tags(page: str) -> list[tuple[str, str]]:
    """(kind, words) of every tag of a page."""
    found = re.findall(r'<span class="tag ?(\w*)">([^<]*)</span>', page)
    return [(kind, words) for kind, words in found]


@pytest.mark.parametrize(("when", "state", "word", "words", "told"), STANDINGS)
def test_every_page_says_what_the_permit_is_worth_today(
    permit: Permit, client_on: Any, when: str, state: str, word: str, words: str, told: str
) -> None:
    with travel_to(permit, when):
        if when == "revoked":
            Permit.objects.filter(pk=permit.pk).update(revoked_at=timezone.now())
        portal = client_on("portal").sign_in(permit.application.created_by)
        kind = {"valid": "ok", "not_yet": "warn"}.get(state, "bad")
        status = portal.get(f"/applications/{permit.application_id}/").content.decode()
        assert tags(status)[0] == (kind, words), "beside the heading; the rest are of files"
        assert told in status
        assert ('class="note ok"' in status) == (state == "valid")
        assert tags(portal.get("/applications/").content.decode()) == [(kind, words)]
        assert tags(portal.get("/").content.decode()) == [(kind, word)]
        checked = client_on("portal").get(f"/check/{permit.number}").content.decode()
        assert f'class="note {kind}"' in checked
        assert word in checked


@pytest.mark.parametrize(("when", "state"), [row[:2] for row in STANDINGS])
def test_programs_are_told_the_same(permit: Permit, client_on: Any, when: str, state: str) -> None:
    with travel_to(permit, when):
        if when == "revoked":
            Permit.objects.filter(pk=permit.pk).update(revoked_at=timezone.now())
        by, employer = permit.application.created_by, permit.application.employer
        _token, secret = tokens.issue(employer, "Test", by=by, at=timezone.now())
        program = client_on("portal")
        headers = {"Authorization": f"Bearer {secret}"}
        listed = program.get("/api/v1/applications", headers=headers).json()["results"]
        told = program.get(f"/api/v1/applications/{permit.application_id}", headers=headers).json()
        assert [told["state"], told["permit_state"]] == ["approved", state]
        assert [row["permit_state"] for row in listed] == [state]


@pytest.mark.parametrize(
    ("day", "state"),
    [(1, PermitState.NOT_YET), (2, PermitState.VALID), (5, PermitState.VALID), (6, PermitState.EXPIRED)],
)
def test_the_first_and_the_last_day_count(day: int, state: PermitState) -> None:
    on = date(2027, 3, day)
    assert permit_state(date(2027, 3, 2), date(2027, 3, 5), None, on=on) == state
    assert permit_state(date(2027, 3, 2), date(2027, 3, 5), timezone.now(), on=on) == PermitState.REVOKED


def test_a_refusal_is_no_tick() -> None:
    refused = make.a_refusal()
    steps = tracker.steps(refused)
    assert [step.state for step in steps] == ["done", "done", "ended"]
    assert steps[-1].note.startswith("Refused, ")


def test_a_withdrawn_application_ends_where_it_was_and_a_question_is_a_wait() -> None:
    asked = make.a_submitted_application()
    make.a_question(asked)
    asked.refresh_from_db()
    today = timezone.localdate()
    assert [step.state for step in tracker.steps(asked)] == ["done", "now", ""]
    assert tracker.public_kind(asked, today) == "warn"
    withdrawn = applications.withdraw(asked, "", by=asked.created_by, at=timezone.now())
    assert [step.state for step in tracker.steps(withdrawn)] == ["done", "ended", ""]
    assert GREEN not in tag(tracker.public_label(withdrawn, today), tracker.public_kind(withdrawn, today))


def test_the_page_of_a_refusal_shows_two_ticks_and_a_cross(client_on: Any) -> None:
    refused = make.a_refusal()
    page = (
        client_on("portal").sign_in(refused.created_by).get(f"/applications/{refused.pk}/").content.decode()
    )
    assert re.findall(r'<li(?: class="(\w+)")?>', page.split('<ol class="steps">')[1].split("</ol>")[0]) == [
        "done",
        "done",
        "ended",
    ]
    assert tags(page)[0] == ("", "Refused")
