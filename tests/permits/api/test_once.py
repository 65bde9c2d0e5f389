"""A request that is repeated has one effect; keys are required, and belong to one request of one token."""

import pytest

from permits.models import ApiRequest, Application
from tests.factories import permits as make

pytestmark = pytest.mark.django_db


def test_the_same_request_again_gets_the_same_answer_and_has_no_second_effect(program):
    sent = {"worker": {"surname": "SHARMA"}}
    first, second = program.post("", sent, key="a"), program.post("", sent, key="a")
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert Application.objects.count() == 1


def test_the_order_of_names_in_the_body_does_not_make_it_another_request(program):
    first = program.post("", {"worker": {"surname": "A", "given_names": "B"}}, key="a")
    second = program.post("", {"worker": {"given_names": "B", "surname": "A"}}, key="a")
    assert first.json()["id"] == second.json()["id"]


def test_the_same_key_with_another_body_or_path_is_refused(program):
    draft = program.post("", {}, key="a").json()
    for path, body in (("", {"worker": {"surname": "X"}}), (f"/{draft['id']}/submit", {"declared": True})):
        answer = program.post(path, body, key="a")
        assert (answer.status_code, answer.json()["code"]) == (409, "conflict")
    assert Application.objects.count() == 1


def test_a_failed_request_leaves_no_answer_behind_and_can_be_repeated(program, by, company):
    application = make.a_complete_application(company, by)
    path = f"/{application.pk}/submit"
    assert program.post(path, {"declared": False}, key="a").status_code == 422
    assert not ApiRequest.objects.exists()
    assert program.post(path, {"declared": True}, key="a").status_code == 200


def test_a_submit_that_is_repeated_after_a_lost_answer_is_no_conflict(program, by, company):
    application = make.a_complete_application(company, by)
    answers = [program.post(f"/{application.pk}/submit", {"declared": True}, key="a") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json() == answers[1].json()


@pytest.mark.parametrize("headers", [{}, {"Idempotency-Key": ""}, {"Idempotency-Key": "x" * 65}])
def test_a_post_without_a_proper_key_is_refused(program, headers):
    answer = program.send("POST", "", {}, **headers)
    assert answer.status_code == 400
    assert "Idempotency-Key" in answer.json()["fields"]


def test_two_tokens_may_use_the_same_key(program, program_of):
    other = make.a_user()
    second = program_of(other, make.an_employer(other))
    assert program.post("", {}, key="a").json()["id"] != second.post("", {}, key="a").json()["id"]
