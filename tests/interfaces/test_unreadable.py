"""What is stored and cannot be read is told to programs too: by a 409 that the OpenAPI files describe."""

import json
from collections.abc import Callable
from typing import Any

import pgtrigger
import pytest
from django.db import connection
from django.db.models import Model
from django.utils import timezone

from permits.actions import tokens
from permits.models import Worker
from referral.models import Referral
from tests.factories import permits as make
from tests.factories.referral import a_referral
from tests.permits.api.conftest import Program
from wpis.development.embedded.local import ROOT

pytestmark = pytest.mark.django_db

BODIES: dict[str, Any] = {
    "update_application": {"terms": {"job_title": "Tiler"}},
    "add_document": {"kind": "passport", "name": "a.pdf", "content": "JVBERi0="},
    "submit_application": {"declared": True},
    "decline_item": {"reason": "No place"},
    "complete_item": {"outcome": "support_given"},
}
HEADERS = {"delete_application": {"If-Match": "*"}}


def damage(model: type[Model], name: str) -> None:
    """What only the owner of the database can do: past the triggers, without a trace."""
    field: Any = model._meta.get_field(name)
    table, column = model._meta.db_table, field.column
    with pgtrigger.ignore(), connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET {column} = set_byte({column}, length({column}) - 1, "
            f"get_byte({column}, length({column}) - 1) # 1)"
        )
        assert cursor.rowcount


def employers_program(client_on: Any, system_of: Any) -> tuple[Program, str]:
    by = make.a_user()
    company = make.an_employer(by)
    draft = make.a_complete_application(company, by)
    _token, secret = tokens.issue(company, "Test", by=by, at=timezone.now())
    damage(Worker, "passport_number")
    return Program(client_on("portal"), secret), str(draft.pk)


def agencys_program(client_on: Any, system_of: Any) -> tuple[Any, str]:
    item, partner = a_referral()
    damage(Referral, "packet")
    return system_of(partner), str(item.pk)


CALLERS: dict[str, Callable[[Any, Any], tuple[Any, str]]] = {
    "portal": employers_program,
    "protection": agencys_program,
}


def operations(surface: str) -> list[tuple[str, str, dict[str, Any]]]:
    """Path, method and description of each operation on one thing."""
    file = ROOT / "docs" / "generated" / f"openapi-{surface}.json"
    paths = json.loads(file.read_text(encoding="utf-8"))["paths"]
    return [
        (path.partition("}")[2], method.upper(), said)
        for path, found in paths.items()
        for method, said in found.items()
        if "{" in path
    ]


@pytest.mark.parametrize(
    ("surface", "path", "method", "said"),
    [(surface, *operation) for surface in CALLERS for operation in operations(surface)],
    ids=lambda value: value.get("operationId") if isinstance(value, dict) else None,
)
def test_each_operation_on_it_answers_as_described(
    client_on: Any, system_of: Any, surface: str, path: str, method: str, said: dict[str, Any]
) -> None:
    caller, one = CALLERS[surface](client_on, system_of)
    caller.client.raise_request_exception = False
    name = said["operationId"]
    key = {"Idempotency-Key": "once"} if method == "POST" else {}
    sent = {**key, **HEADERS.get(name, {}), "Accept-Language": "en"}
    answer = caller.send(method, f"/{one}{path}", BODIES.get(name), **sent)
    assert str(answer.status_code) in said["responses"], answer.content
    if method == "GET":
        told = answer.json()
        assert (answer.status_code, told["code"], told["fields"]) == (409, "unreadable", {})
        assert "administrator" in told["message"]
        assert "ETag" not in answer.headers
        assert caller.send("HEAD", f"/{one}{path}", **sent).status_code == 409


@pytest.mark.parametrize("surface", CALLERS)
def test_a_list_holds_nothing_of_it_and_is_answered(client_on: Any, system_of: Any, surface: str) -> None:
    caller, one = CALLERS[surface](client_on, system_of)
    assert [row["id"] for row in caller.get().json()["results"]] == [one]
