"""An agency's case system sees what its pages show and nothing more, and answers by the same actions."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from referral.models import ApiRequest, Referral
from tests.factories.referral import a_partner, a_referral
from wpis.audit.models import AuditEvent

pytestmark = pytest.mark.django_db

STEPS = ("accept", "decline", "complete")


@pytest.fixture
def item_and_system(system_of):
    item, partner = a_referral()
    return item, system_of(partner)


def test_the_list_holds_the_own_items_and_nothing_that_was_shared(item_and_system):
    item, system = item_and_system
    page = system.get().json()
    assert (page["count"], [row["id"] for row in page["results"]]) == (1, [str(item.pk)])
    row = page["results"][0]
    assert (row["reference"], row["state"], row["purpose"]) == (item.reference, "sent", "shelter")
    assert row["purpose_title"] == "Give a safe place and care"
    assert item.case.alias not in system.get().content.decode()


def test_an_item_shows_the_fields_of_its_page_and_no_other(item_and_system, protection):
    item, system = item_and_system
    read = system.get(f"/{item.pk}").json()
    assert [field["name"] for field in read["shared"]] == item.fields
    assert {field["name"]: field["value"] for field in read["shared"]} == item.packet
    page = protection.sign_in(a_partner("ngo-shelter")).get(f"/items/{item.pk}/").content.decode()
    for field in read["shared"]:
        assert field["title"] in page
        assert all(line in page for line in field["text"].split("\n")), field
    assert read["legal_ground"] in page
    text = system.get(f"/{item.pk}").content.decode()
    for hidden in (
        item.case.person["passport_number"],
        "SHARMA",
        item.case.reference,
        str(item.case_id),
        str(item.case.alert),
        item.sent_by.email,
        "gross_wage",
    ):
        assert str(hidden) not in text


def test_every_reading_is_audited_as_on_the_page_with_the_token_besides(item_and_system):
    item, system = item_and_system
    system.get()
    assert not AuditEvent.objects.filter(action="referral.disclosure.read").exists()
    system.get(f"/{item.pk}")
    system.get(f"/{item.pk}")
    events = AuditEvent.objects.filter(action="referral.disclosure.read", subject=item.pk)
    assert events.count() == 2
    assert events[0].actor is not None
    assert events[0].detail["fields"] == item.fields
    assert uuid.UUID(events[0].detail["token"])


def test_an_item_is_accepted_and_completed_by_a_program(item_and_system):
    item, system = item_and_system
    assert system.get(f"/{item.pk}").json()["steps"] == ["accept", "decline"]
    accepted = system.post(f"/{item.pk}/accept")
    assert (accepted.status_code, accepted.json()["state"]) == (200, "accepted")
    read = system.get(f"/{item.pk}").json()
    assert read["steps"] == ["complete"]
    chosen = {"outcome": read["outcomes"][0]["outcome"], "note": "A room was found."}
    assert system.post(f"/{item.pk}/complete", chosen).json()["state"] == "completed"
    read = system.get(f"/{item.pk}").json()
    assert (read["outcome_title"], read["outcome_note"]) == ("Support is being given", "A room was found.")
    item.refresh_from_db()
    assert item.answered_by == item.outcome_by
    assert AuditEvent.objects.filter(action="referral.disclosure.accept", actor=item.answered_by_id).exists()


def test_an_item_is_declined_with_a_reason(item_and_system):
    item, system = item_and_system
    assert system.post(f"/{item.pk}/decline", {"reason": "No place is free."}).json()["state"] == "declined"
    item.refresh_from_db()
    assert item.decline_reason == "No place is free."


@pytest.mark.parametrize("body", [{}, {"reason": ""}, {"reason": "  "}, {"reason": None}])
def test_declining_without_a_reason_is_an_error_of_the_field_in_the_page_s_words(item_and_system, body):
    item, system = item_and_system
    answer = system.post(f"/{item.pk}/decline", body)
    assert answer.status_code == 400
    assert answer.json()["fields"] == {
        "reason": ["Say why you decline, so that another agency can be found."]
    }
    item.refresh_from_db()
    assert item.state == "sent"


@pytest.mark.parametrize("body", [[1], {"reason": "\ud800"}, {"reason": "a\0b"}, {"reason": "x" * 1001}])
def test_what_cannot_be_read_is_said_and_changes_nothing(item_and_system, body):
    item, system = item_and_system
    answer = system.post(f"/{item.pk}/decline", body)
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")
    assert not ApiRequest.objects.exists()


def test_an_unknown_outcome_is_an_error_of_the_field(item_and_system):
    item, system = item_and_system
    system.post(f"/{item.pk}/accept")
    answer = system.post(f"/{item.pk}/complete", {"outcome": "somewhere"})
    assert (answer.status_code, list(answer.json()["fields"])) == (422, ["outcome"])


def test_a_step_that_does_not_fit_is_a_conflict(item_and_system):
    item, system = item_and_system
    assert system.post(f"/{item.pk}/complete", {"outcome": "support_given"}).status_code == 409
    system.post(f"/{item.pk}/accept")
    answer = system.post(f"/{item.pk}/accept")
    assert (answer.status_code, answer.json()["code"]) == (409, "conflict")


def test_another_agencys_item_and_an_absent_one_are_the_same_404(item_and_system, system_of):
    item, _system = item_and_system
    police = system_of(a_partner("police-anti-trafficking"))
    assert police.get().json()["count"] == 0
    calls = [("GET", "", None), *[("POST", f"/{step}", {"reason": "x", "outcome": "x"}) for step in STEPS]]
    for method, end, body in calls:
        key = {"Idempotency-Key": f"key{end}"}
        foreign, absent = (police.send(method, f"/{pk}{end}", body, **key) for pk in (item.pk, uuid.uuid4()))
        assert foreign.status_code == absent.status_code == 404
        assert foreign.content == absent.content
        assert dict(foreign.headers) == dict(absent.headers)
    item.refresh_from_db()
    assert item.state == "sent"
    assert not AuditEvent.objects.filter(action="referral.disclosure.read").exists()


def test_after_its_time_an_item_is_gone_for_programs_too_and_the_attempt_is_audited(item_and_system):
    item, system = item_and_system
    system.post(f"/{item.pk}/accept", key="a")
    Referral.objects.filter(pk=item.pk).update(access_until=timezone.now() - timedelta(minutes=1))
    assert system.get().json()["count"] == 0
    answers = [system.get(f"/{item.pk}"), system.post(f"/{item.pk}/accept", key="a")]
    for answer in answers:
        assert (answer.status_code, answer.json()["code"]) == (410, "ended")
        assert item.reference not in answer.content.decode()
    late = AuditEvent.objects.filter(action="referral.disclosure.read_after_end", subject=item.pk)
    assert late.count() == 2, "an answer to a late attempt does not take its audit row back"


def test_the_list_is_paged_and_costs_the_same_queries_however_long_it_is(system_of):
    _item, partner = a_referral()
    system = system_of(partner)

    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert system.get().status_code == 200
        return [query["sql"] for query in queries if query["sql"].startswith("SELECT")]

    one = cost()
    assert len(one) == 3, "sign-in, count, rows"
    a_referral()
    a_referral()
    assert len(cost()) == 3
    assert system.get("?page=2").status_code == 404
