"""Failed sign-ins stand in the audit trail, without saying which account exists, and nobody can fill it with them."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.conftest import SurfaceClient
from tests.factories.permits import PASSWORD, a_user
from tests.referral.pages import text, url
from wpis.accounts.roles import Role
from wpis.audit import bounded
from wpis.audit.bounded import Room, room_for
from wpis.audit.models import AuditEvent

pytestmark = pytest.mark.django_db

LOGIN = "/accounts/login/"


def with_address(role: Role = Role.EMPLOYER, **fields: Any) -> Any:
    user = a_user(role, **fields)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def try_to_enter(surface: str, email: str, password: str = "wrong", network: str = "192.0.2.1") -> Any:
    client = SurfaceClient(surface, HTTP_ACCEPT_LANGUAGE="en", REMOTE_ADDR=network)
    return client.post(LOGIN, {"login": email, "password": password})


def failures() -> list[AuditEvent]:
    return list(AuditEvent.objects.filter(action="accounts.session.fail").order_by("at"))


@pytest.mark.parametrize("surface", ["portal", "office", "protection"])
def test_a_wrong_password_leaves_one_event_of_its_surface_that_names_nobody(surface: str) -> None:
    role = {"portal": Role.EMPLOYER, "office": Role.OFFICER, "protection": Role.ANALYST}[surface]
    user = with_address(role)
    for _ in range(3):
        try_to_enter(surface, f" {user.email.upper()}")
    (event,) = failures()
    assert (event.surface, event.actor, event.subject, event.role) == (surface, None, None, "")
    assert event.detail["step"] == "password"
    kept = json.dumps(event.detail)
    assert user.email not in kept
    assert str(user.pk) not in kept
    assert "192.0.2.1" not in kept


def kinds_of_address() -> dict[str, str]:
    return {
        "exists": with_address().email,
        "exists nowhere": "nobody@example.am",
        "works behind another door": with_address(Role.OFFICER).email,
        "is closed": with_address(is_active=False).email,
    }


def test_the_same_is_done_whether_the_account_exists_or_not() -> None:
    """The same statements that write and count, and an event of the same form."""
    seen = {}
    try_to_enter("portal", "first@example.am", network="192.0.2.99")  # fills what a process keeps
    for number, (kind, email) in enumerate(kinds_of_address().items()):
        with CaptureQueriesContext(connection) as asked:
            try_to_enter("portal", email, network=f"192.0.2.{number}")
        tables = ("accounts_recentrequests", "audit_")
        written = [
            re.sub(r"'[^']*'", "a value", query["sql"])
            for query in asked.captured_queries
            if any(table in query["sql"] for table in tables)
        ]
        assert len(written) > 10
        event = failures()[-1]
        seen[kind] = (
            written,
            sorted(event.detail),
            len(json.dumps(event.detail)),
            event.subject,
            event.actor,
        )
    assert len({repr(one) for one in seen.values()}) == 1, seen


def test_the_right_password_at_the_wrong_door_and_of_a_closed_account_are_failures_too() -> None:
    try_to_enter("portal", with_address(Role.OFFICER).email, PASSWORD)
    try_to_enter("portal", with_address(is_active=False).email, PASSWORD)
    assert [event.detail["step"] for event in failures()] == ["password", "closed"]
    assert not AuditEvent.objects.filter(action="accounts.session.open").exists()


def test_a_wrong_code_of_the_second_step_is_recorded(portal: Any) -> None:
    user = with_address()
    TOTP.activate(user, generate_totp_secret())
    assert (
        portal.post(LOGIN, {"login": user.email, "password": PASSWORD})["Location"]
        == "/accounts/2fa/authenticate/"
    )
    portal.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert [event.detail["step"] for event in failures()] == ["code"]


def test_a_wrong_password_before_a_protected_step_is_recorded(portal: Any) -> None:
    user = with_address()
    portal.sign_in(user, fresh=False).post("/accounts/reauthenticate/", {"password": "wrong"})
    assert [event.detail["step"] for event in failures()] == ["password"]


def test_that_somebody_is_shut_out_is_recorded() -> None:
    user = with_address()
    for _ in range(11):
        try_to_enter("portal", user.email)
    assert [event.detail["step"] for event in failures()] == ["password", "too_many"]


def test_a_token_that_does_not_work_is_recorded_once_for_a_network(portal: Any) -> None:
    for secret in ("wpt_a", "wpt_b"):
        answer = portal.get("/api/v1/applications", headers={"Authorization": f"Bearer {secret}"})
        assert answer.status_code == 401
    (event,) = AuditEvent.objects.filter(action="accounts.token.fail")
    assert event.actor is None
    assert "wpt_" not in json.dumps(event.detail)


def test_one_network_that_tries_many_accounts_leaves_so_many_events_and_one_that_says_there_were_more() -> (
    None
):
    at = timezone.now()
    said = [room_for("x", f"account {n}", "192.0.2.1", at=at + timedelta(seconds=n)) for n in range(100)]
    assert said.count(Room.MORE) >= 1
    assert said.count(Room.ONE) <= bounded.OF_A_NETWORK.requests
    assert said[-1] == Room.NONE


def test_many_networks_that_try_many_accounts_do_not_fill_the_trail() -> None:
    at = timezone.now()
    said = [
        room_for("x", f"account {n}", f"10.{n // 256}.{n % 256}.1", at=at + timedelta(milliseconds=n))
        for n in range(2000)
    ]
    most = bounded.SHARDS * bounded.OF_A_SHARD.requests
    assert 0 < said.count(Room.ONE) <= most
    assert 0 < said.count(Room.MORE) <= bounded.SHARDS
    assert said[-100:] == [Room.NONE] * 100
    later = at + bounded.TEN_MINUTES + timedelta(minutes=1)
    assert room_for("x", "account", "10.0.0.1", at=later) == Room.ONE, "and it goes on when they are gone"


def test_a_flood_waits_for_no_lock_once_a_count_is_full() -> None:
    at = timezone.now()
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            assert room_for("x", "account", "10.0.0.1", at=at) in (Room.ONE, Room.NONE)
    assert [query["sql"].split()[0] for query in asked.captured_queries] == ["SELECT"]


def test_the_auditor_finds_the_failures_of_an_address(protection: Any) -> None:
    user = with_address()
    try_to_enter("portal", user.email)
    try_to_enter("portal", "nobody@example.am")
    try_to_enter("office", user.email)
    desk = protection.sign_in(a_user(Role.AUDITOR))
    for email, times in {user.email: 2, "nobody@example.am": 1, "other@example.am": 0}.items():
        page = text(desk.get(url("audit_log"), {"actor": email}))
        assert page.count("accounts.session.fail") == times
