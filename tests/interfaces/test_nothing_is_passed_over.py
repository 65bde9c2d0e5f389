"""What a program sends and nobody reads is refused by name: fields of every body, parameters of every address."""

import json
import uuid
from typing import Any

import pytest
from django.utils import timezone

from permits.actions import tokens
from tests.factories import permits as make
from tests.factories.referral import a_referral
from tests.permits.api.conftest import Program
from wpis.development.embedded.local import ROOT

pytestmark = pytest.mark.django_db

NO_FIELD = ["There is no such field."]
NO_PARAMETER = ["There is no such parameter."]
NO_PAGE = ["Enter a whole number from 1 to 1000000."]


@pytest.fixture
def program(client_on: Any) -> Program:
    by = make.a_user()
    company = make.an_employer(by)
    make.a_complete_application(company, by)
    _token, secret = tokens.issue(company, "Test", by=by, at=timezone.now())
    return Program(client_on("portal"), secret)


@pytest.fixture
def system(system_of: Any) -> Any:
    _item, partner = a_referral()
    return system_of(partner)


@pytest.mark.parametrize(
    ("asked", "field", "text"),
    [
        ("page=", "page", NO_PAGE),
        ("page=0", "page", NO_PAGE),
        ("page=-1", "page", NO_PAGE),
        ("page=1.0", "page", NO_PAGE),
        ("page=%20%201", "page", NO_PAGE),
        ("page=last", "page", NO_PAGE),
        ("page=abc", "page", NO_PAGE),
        ("page=%D9%A1", "page", NO_PAGE),  # an Arabic one
        ("page=1000001", "page", NO_PAGE),
        (f"page={'9' * 5000}", "page", NO_PAGE),
        ("page=1&page=2", "page", ["Send this parameter once."]),
        ("pages=1", "pages", NO_PARAMETER),
        ("state=approved", "state", NO_PARAMETER),
        ("format=xml", "format", NO_PARAMETER),
        ("=1", "", NO_PARAMETER),
    ],
)
def test_a_wrong_parameter_of_a_list_is_refused_by_name(
    program: Program, system: Any, asked: str, field: str, text: list[str]
) -> None:
    for caller in (program, system):
        answer = caller.send("GET", f"?{asked}", **{"Accept-Language": "en"})
        assert (answer.status_code, answer.json()["fields"]) == (400, {field: text}), caller


def test_the_first_page_may_be_named_and_one_after_the_last_is_absent(program: Program, system: Any) -> None:
    for caller in (program, system):
        assert caller.get("?page=1").json() == caller.get().json()
        assert caller.get("?page=2").status_code == 404


def test_no_other_address_takes_parameters(program: Program, system: Any) -> None:
    absent = uuid.uuid4()
    for answer in (
        program.send("GET", f"/{absent}?page=1"),
        program.send("PUT", f"/{absent}?force=1", {}),
        program.send("POST", "?draft=1", {}, **{"Idempotency-Key": "k1"}),
        program.send("POST", f"/{absent}/documents?kind=passport", {}, **{"Idempotency-Key": "k2"}),
        program.send("POST", f"/{absent}/submit?declared=true", {}, **{"Idempotency-Key": "k3"}),
        system.send("GET", f"/{absent}?page=1"),
        system.send("POST", f"/{absent}/accept?by=1", **{"Idempotency-Key": "k4"}),
        system.send("POST", f"/{absent}/decline?reason=x", {}, **{"Idempotency-Key": "k5"}),
        system.send("POST", f"/{absent}/complete?outcome=x", {}, **{"Idempotency-Key": "k6"}),
    ):
        assert answer.status_code == 400, answer.request["PATH_INFO"]
        assert set(answer.json()["fields"]) <= {
            "page",
            "force",
            "draft",
            "kind",
            "declared",
            "by",
            "reason",
            "outcome",
        }


def test_without_a_token_the_address_is_not_even_looked_at(client_on: Any) -> None:
    client = client_on("portal")
    assert client.get("/api/v1/applications?x=1").status_code == 401
    assert client.get("/api/v1/applications?x=1").content == client.get("/api/v1/applications").content


def test_an_unknown_field_is_refused_in_every_body(program: Program, system: Any) -> None:
    draft = program.get().json()["results"][0]["id"]
    item = system.get().json()["results"][0]["id"]
    english = {"Accept-Language": "en"}
    for caller, path, body in (
        (program, "", {"language": "en"}),
        (program, f"/{draft}/documents", {"kind": "passport", "name": "a.pdf", "content": "JVBERi0="}),
        (program, f"/{draft}/submit", {"declared": True}),
        (system, f"/{item}/decline", {"reason": "No place"}),
        (system, f"/{item}/complete", {"outcome": "support_given"}),
    ):
        key = {"Idempotency-Key": uuid.uuid4().hex}
        answer = caller.send("POST", path, body | {"outcom": "x"}, **key, **english)
        assert (answer.status_code, answer.json()["fields"]) == (400, {"outcom": NO_FIELD}), path
    answer = program.send("PUT", f"/{draft}", {"worker": {"surnam": "X"}, "wroker": {}}, **english)
    assert answer.json()["fields"] == {"wroker": NO_FIELD, "worker.surnam": NO_FIELD}


@pytest.mark.parametrize("sent", [7, 7.5, True, 0], ids=str)
def test_a_number_is_no_text(program: Program, system: Any, sent: object) -> None:
    item = system.get().json()["results"][0]["id"]
    draft = program.get().json()["results"][0]["id"]
    for answer, field in (
        (system.send("POST", f"/{item}/decline", {"reason": sent}, **{"Idempotency-Key": "k1"}), "reason"),
        (program.send("PUT", f"/{draft}", {"terms": {"job_title": sent}}), "terms.job_title"),
    ):
        assert (answer.status_code, list(answer.json()["fields"])) == (400, [field])


@pytest.mark.parametrize("surface", ["portal", "protection"])
def test_the_file_closes_every_body_and_every_part_of_it(surface: str) -> None:
    file = json.loads((ROOT / "docs" / "generated" / f"openapi-{surface}.json").read_text(encoding="utf-8"))
    schemas = file["components"]["schemas"]
    bodies = {
        operation["requestBody"]["content"]["application/json"]["schema"]["$ref"].rsplit("/", 1)[1]
        for path in file["paths"].values()
        for operation in path.values()
        if "requestBody" in operation
    }
    assert bodies
    while bodies:
        name = bodies.pop()
        if "properties" not in schemas[name]:
            continue  # a choice
        assert schemas[name]["additionalProperties"] is False, name
        for field in schemas[name]["properties"].values():
            found = [field, *field.get("allOf", []), *field.get("oneOf", [])]
            bodies |= {one["$ref"].rsplit("/", 1)[1] for one in found if "$ref" in one}
