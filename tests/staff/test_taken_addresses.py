"""Inviting an address that has an account somewhere looks like inviting any other; its holder is written to."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.core import mail
from django.db import transaction

from tests.conftest import SurfaceClient, standing_on
from tests.factories import staff
from tests.factories.letters import deliver, deliver_on_protection
from tests.factories.permits import a_user
from wpis.accounts.models import StaffRequest, User
from wpis.accounts.roles import Role
from wpis.audit.models import AuditEvent
from wpis.errors import Refused
from wpis.staff import requests

pytestmark = pytest.mark.django_db

TRIED = "anna@example.am"
FORM = {"name": "Anna Petrosyan", "email": TRIED, "reason": "starts"}


def second_address() -> None:
    EmailAddress.objects.create(user=a_user(), email=TRIED, verified=True)


def waiting_on(surface: str, role: Role) -> None:
    by = staff.an_administrator(surface)
    with standing_on(surface):
        staff.a_request(role, by=by, email=TRIED)


WHO: dict[str, Callable[[], object]] = {
    "an employer": lambda: a_user(Role.EMPLOYER, email=TRIED),
    "an employer's second address": second_address,
    "an officer": lambda: a_user(Role.OFFICER, email=TRIED),
    "an analyst": lambda: a_user(Role.ANALYST, email=TRIED),
    "invited to the office": lambda: waiting_on("office", Role.OFFICER),
    "invited to protection": lambda: waiting_on("protection", Role.ANALYST),
}
ELSEWHERE = [
    (surface, role, who)
    for surface, role, own in (
        ("office", Role.OFFICER, ("an officer", "invited to the office")),
        ("office", Role.MANAGER, ("an officer", "invited to the office")),
        ("protection", Role.ANALYST, ("an analyst", "invited to protection")),
    )
    for who in WHO
    if who not in own
]


def masked(answer: Any) -> str:
    text = re.sub(r'(name="csrfmiddlewaretoken" value=)"[^"]*"', r"\1", answer.content.decode())
    text = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|data-owner=\"\w*\"", "one", text)
    text = re.sub(r"\d\d:\d\d", "now", text)
    return re.sub(r"\b[2-9A-HJKMNP-Z]{4}(?:-[2-9A-HJKMNP-Z]{4}){3}\b", "code", text)


def rows() -> dict[str, int]:
    """Of every table but the audit trail, which neither administrator reads."""
    tables = [model for model in apps.get_models() if model._meta.managed and not model._meta.proxy]
    return {model._meta.db_table: model._base_manager.count() for model in tables if model is not AuditEvent}


def seen(first: SurfaceClient, second: SurfaceClient, role: Role) -> dict[str, Any]:
    """All that two administrators see of an invitation and of the account that comes of it; taken back."""
    with transaction.atomic():
        before = rows()
        pages = [masked(first.post("/staff/invite/", FORM | {"role": role}))]
        asked = StaffRequest.objects.get(surface=first.surface, kind="invite", email=TRIED)
        if asked.waits:
            pages.append(masked(second.get(f"/staff/requests/{asked.pk}/")))
            pages.append(masked(second.post(f"/staff/requests/{asked.pk}/", {"answer": "approve"})))
        asked.refresh_from_db()
        account = f"/staff/{asked.account_id}/"
        pages += [masked(first.get(path)) for path in ("/staff/", f"/staff/?text={TRIED}", account)]
        assert all(TRIED in page for page in pages[-3:])
        again = first.post(f"{account}code/", {"reason": "starts"})
        pages += [masked(again), masked(first.post("/staff/invite/", FORM | {"role": role}))]
        access = f"{role}  "
        change = {"role": "manager", "reason": "mistake", "access": access}
        pages += [masked(first.post(f"{account}change/", change)), masked(first.get("/staff/requests/"))]
        for _ in range(2):
            pages.append(masked(first.post(f"{account}close/", {"reason": "mistake"})))
        added = {table: count - before[table] for table, count in rows().items()}
        added.pop("account_emailaddress")
        transaction.set_rollback(True)
    return {"pages": pages, "rows": added}


@pytest.mark.parametrize(("surface", "role", "who"), ELSEWHERE)
def test_administrators_do_not_learn_that_an_address_has_an_account(
    surface: str, role: Role, who: str, client_on: Callable[[str], SurfaceClient]
) -> None:
    first, second = (client_on(surface).sign_in(staff.an_administrator(surface)) for _ in range(2))
    free = seen(first, second, role)
    WHO[who]()
    taken = seen(first, second, role)
    for one, other in zip(free["pages"], taken["pages"], strict=True):
        assert other == one
    assert taken["rows"] == free["rows"]


@pytest.mark.parametrize("who", ["an employer", "an employer's second address", "an analyst"])
def test_the_holder_is_written_to_and_nothing_of_theirs_is_touched(who: str, office: Any) -> None:
    WHO[who]()
    holder = User.objects.filter(email=TRIED).values().first()
    office.sign_in(staff.an_administrator())
    mail.outbox.clear()
    office.post("/staff/invite/", FORM | {"role": "manager"})
    (letter,) = deliver()
    assert letter.to == [TRIED]
    assert "belongs to an account of the service already" in letter.body
    assert "/reset/key/" not in letter.body
    assert User.objects.filter(email=TRIED).values().first() == holder
    event = AuditEvent.objects.get(action="accounts.staff.address_taken")
    assert TRIED not in str(event.detail), "the auditor finds it by a keyed digest"


def test_nobody_sets_a_password_for_an_account_without_an_address(office: Any, client_on: Any) -> None:
    WHO["an analyst"]()
    office.sign_in(staff.an_administrator())
    office.post("/staff/invite/", FORM | {"role": "manager"})
    made = User.objects.get(name=FORM["name"], surface="office")
    client_on("office").post("/accounts/password/reset/", {"email": made.email})
    deliver()
    deliver_on_protection()
    assert [letter.to for letter in mail.outbox] == [[TRIED]]
    assert not made.has_usable_password()


def test_an_address_of_a_colleague_here_is_told_at_the_field_also_when_it_came_meanwhile() -> None:
    """Their accounts stand in the list anyway."""
    by, second = staff.an_administrator(), staff.an_administrator()
    asked = staff.a_request(Role.OFFICER, by=by, email=TRIED)
    a_user(Role.OFFICER, email=TRIED)
    with pytest.raises(Refused, match="here already"):
        requests.approve(asked, by=second, at=asked.asked_at)
    requests.refuse(asked, by=second, at=asked.asked_at)
