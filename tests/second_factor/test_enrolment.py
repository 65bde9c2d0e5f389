"""The first second factor: password and enrolment code, each alone opens nothing."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import TOTP
from django.test import override_settings
from django.utils import timezone

from tests.accounts.test_second_factor import SEED
from tests.accounts.test_second_factor import code as app_code
from tests.conftest import SurfaceClient
from tests.factories import staff
from tests.factories.permits import PASSWORD
from wpis.accounts.models import EnrolmentCode, User
from wpis.accounts.roles import Role
from wpis.audit.models import AuditEvent
from wpis.second_factor.codes import issue_code
from wpis.second_factor.enrolment import GUESSES

pytestmark = pytest.mark.django_db

CLOSED = [
    "/",
    "/staff/",
    "/accounts/2fa/",
    "/accounts/2fa/totp/activate/",
    "/accounts/2fa/webauthn/add/",
    "/accounts/2fa/recovery-codes/",
    "/accounts/email/",
    "/accounts/password/change/",
]


def with_password(user: User, surface: str = "office") -> SurfaceClient:
    client = SurfaceClient(surface, HTTP_ACCEPT_LANGUAGE="en")
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    return client


def make_code(user: User) -> str:
    return issue_code(user, by=None, at=timezone.now())


@pytest.mark.parametrize(("surface", "role"), [("office", Role.OFFICER), ("protection", Role.ANALYST)])
def test_the_password_alone_opens_no_page_but_the_one_that_asks_for_the_code(
    surface: str, role: Role
) -> None:
    client = with_password(staff.a_colleague(role, factor=False), surface)
    for path in CLOSED:
        for answer in (client.get(path), client.post(path, {"code": "123456"})):
            assert (answer.status_code, answer.get("Location")) == (302, "/enrol/"), path
    assert "Enrolment code" in client.get("/enrol/").content.decode()


def test_a_code_opens_one_session_once() -> None:
    officer = staff.a_colleague(factor=False)
    first, second, given = with_password(officer), with_password(officer), make_code(officer)
    assert first.post("/enrol/", {"code": given}).status_code == 302
    assert second.post("/enrol/", {"code": given}).status_code == 422
    assert second.get("/accounts/2fa/totp/activate/")["Location"] == "/enrol/"


@pytest.mark.parametrize("wrong", ["AAAA-AAAA-AAAA-AAAA", "of another", "ended", "replaced", "x" * 40])
def test_a_wrong_code_is_answered_at_the_field_and_stands_in_the_trail(wrong: str) -> None:
    officer = staff.a_colleague(factor=False)
    given = wrong
    if wrong == "of another":
        given = make_code(staff.a_colleague(factor=False))
    if wrong in ("ended", "replaced"):
        given = make_code(officer)
    if wrong == "ended":
        EnrolmentCode.objects.update(ends_at=timezone.now())
    if wrong == "replaced":
        make_code(officer)
    client = with_password(officer)
    answer = client.post("/enrol/", {"code": given})
    assert answer.status_code == 422
    assert "This code does not work" in answer.content.decode()
    assert given in answer.content.decode(), "what was typed stays"
    assert AuditEvent.objects.filter(action="accounts.enrolment.fail", subject=officer.pk).count() == 1
    assert client.get("/accounts/2fa/")["Location"] == "/enrol/"


def test_codes_cannot_be_guessed_at_will() -> None:
    officer = staff.a_colleague(factor=False)
    client, given = with_password(officer), make_code(officer)
    for _ in range(GUESSES.requests):
        client.post("/enrol/", {"code": "AAAA-AAAA-AAAA-AAAA"})
    assert "Too many tries" in client.post("/enrol/", {"code": given}).content.decode()


def test_what_a_code_opened_closes_again_after_a_while() -> None:
    officer = staff.a_colleague(factor=False)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        client = with_password(officer)
        client.post("/enrol/", {"code": make_code(officer)})
        assert client.get("/accounts/2fa/").status_code == 200
        for _ in range(4):
            clock.shift(timedelta(minutes=10))
            client.get("/session/")
        assert client.get("/accounts/2fa/")["Location"] == "/enrol/"


def test_who_has_a_factor_needs_no_code_and_the_portal_asks_for_none(portal: Any, office: Any) -> None:
    assert office.sign_in(staff.a_colleague()).get("/enrol/")["Location"] == "/"
    assert (
        portal.sign_in(staff.a_colleague(Role.EMPLOYER, factor=False)).get("/accounts/2fa/").status_code
        == 200
    )
    assert portal.get("/enrol/").status_code == 404


@pytest.mark.parametrize("only", [False, True])
def test_where_the_operator_wants_passkeys_only_a_one_time_code_is_no_factor(only: bool) -> None:
    analyst = staff.a_colleague(Role.ANALYST, factor=False)
    TOTP.activate(analyst, SEED)
    with override_settings(WPIS_PASSKEY_ONLY=only):
        client = with_password(analyst, "protection")
        client.post("/accounts/2fa/authenticate/", {"code": app_code()})
        assert client.get("/alerts/").status_code == (302 if only else 200)
        if only:
            assert client.get("/accounts/2fa/")["Location"] == "/enrol/"
