"""A repeated answer has one effect, and what is kept of it holds nothing of what was shared."""

import pytest

from referral.models import ApiRequest, Referral, ReferralChange
from tests.factories.referral import a_referral

pytestmark = pytest.mark.django_db


@pytest.fixture
def item_and_system(system_of):
    item, partner = a_referral()
    return item, system_of(partner)


def test_an_answer_that_is_repeated_after_a_lost_connection_is_no_conflict(item_and_system):
    item, system = item_and_system
    answers = [system.post(f"/{item.pk}/accept", key="a") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert answers[0].json() == answers[1].json() == answers[2].json()
    assert ReferralChange.objects.filter(subject=item, step="accept").count() == 1
    assert ApiRequest.objects.count() == 1


def test_the_kept_answer_holds_nothing_of_what_was_shared_nor_the_reason(item_and_system):
    item, system = item_and_system
    system.post(f"/{item.pk}/decline", {"reason": "The family lives next door."}, key="a")
    kept = ApiRequest.objects.get()
    assert "next door" not in str(kept.answer)
    assert item.case.alias not in str(kept.answer)
    assert item.packet["safe_contact"] not in str(kept.answer)
    assert "shared" not in kept.answer


def test_the_same_key_with_another_body_or_address_is_refused(item_and_system):
    item, system = item_and_system
    assert system.post(f"/{item.pk}/decline", {"reason": "Full."}, key="a").status_code == 200
    for path, body in (("decline", {"reason": "Closed."}), ("accept", None)):
        answer = system.post(f"/{item.pk}/{path}", body, key="a")
        assert (answer.status_code, answer.json()["code"]) == (409, "conflict")
    assert Referral.objects.get().decline_reason == "Full."


def test_a_failed_request_leaves_no_answer_behind_and_can_be_repeated(item_and_system):
    item, system = item_and_system
    assert system.post(f"/{item.pk}/decline", {}, key="a").status_code == 400
    assert not ApiRequest.objects.exists()
    assert system.post(f"/{item.pk}/decline", {"reason": "Full."}, key="a").status_code == 200


@pytest.mark.parametrize("headers", [{}, {"Idempotency-Key": ""}, {"Idempotency-Key": "x" * 65}])
@pytest.mark.parametrize("step", ["accept", "decline", "complete"])
def test_an_answer_without_a_proper_key_is_refused(item_and_system, step, headers):
    item, system = item_and_system
    answer = system.send("POST", f"/{item.pk}/{step}", {"reason": "x", "outcome": "x"}, **headers)
    assert answer.status_code == 400
    assert "Idempotency-Key" in answer.json()["fields"]
    item.refresh_from_db()
    assert item.state == "sent"
