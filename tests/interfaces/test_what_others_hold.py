"""Programs cannot find out what others hold: same answer and same work for a thing of others and one that is not there.

The same for tokens: one that worked once is answered like one that never was. Work is counted: statements, rows.
"""

import re
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from permits.actions import delegates, tokens
from referral.api.tokens import actions as member_tokens
from tests.conftest import SurfaceClient
from tests.factories import permits as make
from tests.factories.referral import a_partner, a_referral
from tests.permits.api.conftest import Program
from tests.referral.api.conftest import CaseSystem, with_factor
from wpis.accounts.roles import Role

pytestmark = pytest.mark.django_db

DOCUMENT = {"kind": "passport", "name": "a.pdf", "content": "JVBERi0="}
OF_APPLICATIONS = {
    "read": ("GET", "", None),
    "change": ("PUT", "", {"terms": {"job_title": "Tiler"}}),
    "change what cannot be": ("PUT", "", {"terms": {"weekly_hours": "many"}}),
    "add a document": ("POST", "/documents", DOCUMENT),
    "submit": ("POST", "/submit", {"declared": True}),
}
OF_ITEMS = {
    "read": ("GET", "", None),
    "accept": ("POST", "/accept", None),
    "decline": ("POST", "/decline", {"reason": "No place"}),
    "complete": ("POST", "/complete", {"outcome": "support_given"}),
}


def rows() -> dict[str, int]:
    return {
        model._meta.db_table: model._base_manager.count()
        for model in apps.get_models()
        if model._meta.managed and not model._meta.proxy
    }


def shape(sql: str) -> str:
    sql = re.sub(r'"(s\d+_x\d+|_django_curs_\w+)"', "name", sql)
    return re.sub(r"'(?:[^']|'')*'|\b\d+\b|\b[0-9a-f]{8}-[0-9a-f-]{27}\b|\b[0-9a-f]{32}\b", "?", sql)


def observed(ask: Callable[[], Any]) -> dict[str, Any]:
    """What the program sees, and the work that it took; taken back, so that the next request is a first one."""
    with transaction.atomic():
        before = rows()
        with CaptureQueriesContext(connection) as statements:
            answer = ask()
        after = rows()
        transaction.set_rollback(True)
    return {
        "status": answer.status_code,
        "headers": dict(answer.headers.items()),
        "body": answer.content,
        "statements": [shape(query["sql"]) for query in statements],
        "rows": {table: after[table] - before[table] for table in after if after[table] != before[table]},
    }


def assert_alike(one: dict[str, Any], other: dict[str, Any]) -> None:
    for what, value in one.items():
        assert other[what] == value, what


def an_employers_program() -> Program:
    by = make.a_user()
    _token, secret = tokens.issue(make.an_employer(by), "Test", by=by, at=timezone.now())
    return Program(SurfaceClient("portal", HTTP_ACCEPT_LANGUAGE="en"), secret)


@pytest.mark.parametrize("operation", list(OF_APPLICATIONS))
def test_an_application_of_another_employer_is_none(operation: str) -> None:
    method, path, body = OF_APPLICATIONS[operation]
    program, other = an_employers_program(), make.a_user()
    company = make.an_employer(other)
    theirs = [
        make.a_complete_application(company, other),
        make.a_submitted_application(company, other),
        make.a_permit(make.a_submitted_application(company, other)).application,
    ]

    def ask(pk: uuid.UUID) -> dict[str, Any]:
        key = {"Idempotency-Key": "one"} if method == "POST" else {}
        return observed(lambda: program.send(method, f"/{pk}{path}", body, **key))

    absent = ask(uuid.uuid4())
    assert absent["status"] == 404
    for application in theirs:
        assert_alike(absent, ask(application.pk))


@pytest.mark.parametrize("operation", list(OF_ITEMS))
def test_an_item_of_another_agency_is_none(operation: str, system_of: Any) -> None:
    method, path, body = OF_ITEMS[operation]
    theirs, _partner = a_referral()
    system = system_of(a_partner("police-anti-trafficking"))

    def ask(pk: uuid.UUID) -> dict[str, Any]:
        key = {"Idempotency-Key": "one"} if method == "POST" else {}
        return observed(lambda: system.send(method, f"/{pk}{path}", body, **key))

    absent = ask(uuid.uuid4())
    assert absent["status"] == 404
    assert_alike(absent, ask(theirs.pk))


def revoke(token: Any, by: Any) -> None:
    type(token).objects.filter(pk=token.pk).update(revoked_at=timezone.now())


def close_account(token: Any, by: Any) -> None:
    type(by).objects.filter(pk=by.pk).update(is_active=False)


def new_password(token: Any, by: Any) -> None:
    type(by).objects.filter(pk=by.pk).update(tokens_from=timezone.now() + timedelta(seconds=1))


ENDS = {"revoked": revoke, "of a closed account": close_account, "of a former password": new_password}


@pytest.mark.parametrize("end", list(ENDS))
@pytest.mark.parametrize("surface", ["portal", "protection"])
def test_a_token_that_worked_is_answered_like_one_that_never_was(surface: str, end: str) -> None:
    if surface == "portal":
        by = make.a_user()
        token: Any
        token, secret = tokens.issue(make.an_employer(by), "Test", by=by, at=timezone.now())
        caller: Any = Program
    else:
        _item, member = a_referral()
        by = with_factor(member)
        token, secret = member_tokens.issue("Test", by=by, at=timezone.now())
        caller = CaseSystem
    client = SurfaceClient(surface, HTTP_ACCEPT_LANGUAGE="en")
    works = observed(caller(client, secret).get)
    assert works["status"] == 200
    ENDS[end](token, by)
    never = observed(caller(client, secret[:-4] + "none").get)
    assert never["status"] == 401
    assert_alike(never, observed(caller(client, secret).get))


def test_a_token_of_a_dismissed_delegate_is_answered_like_one_that_never_was() -> None:
    by, delegate = make.a_user(), make.a_user(Role.DELEGATE)
    company = make.an_employer(by)
    make.a_delegate(company, delegate, by=by, at=timezone.now())
    _token, secret = tokens.issue(company, "Test", by=delegate, at=timezone.now())
    client = SurfaceClient("portal", HTTP_ACCEPT_LANGUAGE="en")
    delegates.dismiss(company, delegate, by=by, at=timezone.now())
    assert_alike(observed(Program(client, secret[:-4] + "none").get), observed(Program(client, secret).get))
