"""HTTP as programs know it: what an address allows, HEAD as GET without a body, the description without parameters."""

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

SOME = str(uuid.UUID(int=1))
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


@pytest.fixture
def callers(client_on: Any, system_of: Any) -> dict[str, Any]:
    by = make.a_user()
    company = make.an_employer(by)
    make.a_complete_application(company, by)
    _token, secret = tokens.issue(company, "Test", by=by, at=timezone.now())
    _item, partner = a_referral()
    return {"portal": Program(client_on("portal"), secret), "protection": system_of(partner)}


def described(surface: str) -> dict[str, Any]:
    file = ROOT / "docs" / "generated" / f"openapi-{surface}.json"
    return dict(json.loads(file.read_text(encoding="utf-8"))["paths"])


def short(path: str) -> str:
    """The address after that of the list, with an id in it."""
    return "".join(
        f"/{SOME if part.startswith('{') else part}" for part in path.removeprefix("/api/v1/").split("/")[1:]
    )


@pytest.mark.parametrize("surface", ["portal", "protection"])
def test_allow_names_what_the_file_describes_and_the_rest_is_refused_in_the_one_shape(
    callers: dict[str, Any], surface: str
) -> None:
    caller = callers[surface]
    for path, operations in described(surface).items():
        told = caller.send("OPTIONS", short(path))
        allowed = {method.strip() for method in told.headers["Allow"].split(",")}
        assert (told.status_code, told.content) == (204, b""), path
        assert allowed - {"HEAD", "OPTIONS"} == {method.upper() for method in operations}, path
        assert ("HEAD" in allowed) == ("get" in operations), path
        for method in set(METHODS) - allowed:
            refused = caller.send(method, short(path), {}, **{"Accept-Language": "en"})
            assert refused.status_code == 405, (method, path)
            assert set(refused.json()) == {"code", "message", "fields"}
            assert refused.headers["Allow"] == told.headers["Allow"]


@pytest.mark.parametrize("surface", ["portal", "protection"])
def test_head_is_get_without_a_body(callers: dict[str, Any], surface: str) -> None:
    caller = callers[surface]
    first = caller.get().json()["results"][0]["id"]
    for path in ("", "?page=1", "?page=0", "?pages=1", f"/{first}", f"/{SOME}"):
        got, head = caller.send("GET", path), caller.send("HEAD", path)
        assert (head.status_code, head.content) == (got.status_code, b""), path
        assert head.headers == got.headers, path


@pytest.mark.parametrize("surface", ["portal", "protection"])
def test_without_a_token_no_method_tells_what_is_there(callers: dict[str, Any], surface: str) -> None:
    client = callers[surface].client
    for path in described(surface):
        address = path.rpartition("{")[0] + SOME if path.endswith("}") else path.replace("{id}", SOME)
        address = address.replace("{item}", SOME)
        for method in (*METHODS, "OPTIONS"):
            answer = client.generic(method, address)
            assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer"), (method, path)


@pytest.mark.parametrize(
    "asked", ["version=%0Ax", "version=2", "lang=ru", "lang=xx", "format=yaml", "page=1"]
)
def test_the_description_takes_no_parameters(portal: Any, asked: str) -> None:
    portal.raise_request_exception = False
    answer = portal.get(f"/api/schema?{asked}")
    assert (answer.status_code, list(answer.json()["fields"])) == (400, [asked.partition("=")[0]])


@pytest.mark.parametrize("surface", ["portal", "protection"])
def test_the_file_names_the_headers_that_answers_have(surface: str) -> None:
    for path in described(surface).values():
        for operation in path.values():
            assert set(operation["responses"]["401"]["headers"]) == {"WWW-Authenticate"}
            assert set(operation["responses"]["429"]["headers"]) == {"Retry-After"}
    if surface == "portal":
        found = {
            operation["operationId"]
            for path in described(surface).values()
            for operation in path.values()
            for answer in operation["responses"].values()
            if "ETag" in answer.get("headers", {})
        }
        assert found == {"create_application", "read_application", "update_application"}
