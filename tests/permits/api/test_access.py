"""Who gets in, what errors look like, and that the description tells the truth."""

import json

import pytest
from drf_spectacular.validation import validate_schema

from permits.actions import delegates
from tests.factories import permits as make
from wpis.accounts.roles import Role

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "header", [None, "Bearer wpt_unknown", "Bearer", "Basic YTpi", "Bearer \u00e9".encode().decode("latin-1")]
)
def test_without_a_known_token_every_address_answers_401(portal, header):
    headers = {"Authorization": header} if header else {}
    answer = portal.get("/api/v1/applications", headers=headers)
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Bearer"
    assert set(answer.json()) == {"code", "message", "fields"}


def test_a_session_of_the_pages_is_no_way_into_the_interface(portal, by):
    portal.sign_in(by)
    assert portal.get("/api/v1/applications").status_code == 401


def test_a_dismissed_delegates_token_dies_at_once(program_of, by, company):
    from django.utils import timezone

    delegate = make.a_user(Role.DELEGATE)
    make.a_delegate(company, delegate, by=by, at=timezone.now())
    program = program_of(delegate, company)
    assert program.get().status_code == 200
    delegates.dismiss(company, delegate, by=by, at=timezone.now())
    assert program.get().status_code == 401
    make.a_delegate(company, delegate, by=by, at=timezone.now())
    assert program.get().status_code == 401, "named again, not with the old token"


def test_a_closed_account_takes_its_tokens_along(program, by):
    type(by).objects.filter(pk=by.pk).update(is_active=False)
    assert program.get().status_code == 401


def test_an_unknown_method_and_an_unknown_type_have_the_one_shape(program):
    answer = program.send("DELETE", "")
    assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed")
    answer = program.client.post(
        "/api/v1/applications",
        {"a": "b"},
        headers={"Authorization": f"Bearer {program.secret}", "Idempotency-Key": "a"},
    )
    assert (answer.status_code, answer.json()["code"]) == (415, "unsupported_media_type")


def test_too_many_requests_are_told_when_to_come_back(program):
    answers = [program.get() for _number in range(61)]
    assert [answer.status_code for answer in answers[:60]] == [200] * 60
    assert answers[60].status_code == 429
    assert int(answers[60]["Retry-After"]) > 0


def test_a_forged_address_is_no_other_visitor(portal):
    answers = [portal.get("/api/schema", HTTP_X_FORWARDED_FOR=f"8.8.{number}.1") for number in range(61)]
    assert answers[60].status_code == 429


def test_the_description_is_valid_openapi_without_warnings_and_names_every_error(portal, capfd):
    answer = portal.get("/api/schema")
    schema = json.loads(answer.content)
    validate_schema(schema)
    assert "Warning [" not in capfd.readouterr().err
    operations = {
        operation["operationId"]: operation
        for methods in schema["paths"].values()
        for name, operation in methods.items()
    }
    assert set(operations) == {
        "list_applications",
        "create_application",
        "read_application",
        "update_application",
        "delete_application",
        "add_document",
        "submit_application",
    }
    for operation in operations.values():
        assert {"401", "429"} <= set(operation["responses"])
        assert operation["security"] == [{"token": []}]
    for name in ("create_application", "add_document", "submit_application"):
        assert any(field["name"] == "Idempotency-Key" for field in operations[name]["parameters"])
        assert "409" in operations[name]["responses"]
