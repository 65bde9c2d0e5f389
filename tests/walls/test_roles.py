"""Wall: people. Every address of every surface, against every role: the table in permission_matrix.csv is the law."""

import csv
import re
import uuid
from pathlib import Path
from typing import Any

import pytest

from tests.walls.addresses import SURFACES, Address, addresses
from wpis.accounts.models import User
from wpis.accounts.roles import SURFACE_OF, Role

TABLE = Path(__file__).with_name("permission_matrix.csv")
SAMPLES = {
    "UUIDConverter": lambda: str(uuid.uuid4()),
    "IntConverter": lambda: "7",
    "SlugConverter": lambda: "nothing-here",
    "StringConverter": lambda: "nothing-here",
    "PathConverter": lambda: "nothing-here",
}
# Addresses that answer without a page behind a sign-in: they are called by programs with a token.
BY_TOKEN = ("permits.api.", "referral.api.")


def table() -> dict[tuple[str, str], str]:
    """(surface, pattern) -> what the reviewed table demands there."""
    with TABLE.open(encoding="utf-8") as file:
        return {(row["surface"], row["pattern"]): row["demand"] for row in csv.DictReader(file)}


def ours() -> list[Address]:
    return [a for surface in SURFACES for a in addresses(surface) if a.demand != "sign-in"]


def test_every_address_stands_in_the_reviewed_table_and_the_table_holds_no_other() -> None:
    found = {(a.surface, a.pattern): a.demand for a in ours()}
    assert found == table(), "review the change, then run: python -m tests.walls.write_matrix"


def test_every_view_says_who_may_use_it() -> None:
    assert [a for a in ours() if not a.demand] == []


def test_no_power_reaches_across_surfaces() -> None:
    for address in ours():
        assert all(SURFACE_OF[role] == address.surface for role in address.roles), address


def concrete(address: Address) -> str:
    """The address with values that name nothing."""
    kinds = dict(address.converters)
    path = re.sub(
        r"<(?:\w+:)?(\w+)>",
        lambda m: SAMPLES.get(kinds.get(m[1], ""), lambda: "nothing-here")(),
        address.pattern,
    )
    return "/" + path


def guarded(*, by_token: bool) -> list[Address]:
    return [a for a in ours() if a.roles and a.module.startswith(BY_TOKEN) == by_token]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", guarded(by_token=False), ids=lambda a: f"{a.surface}:{a.name or a.pattern}"
)
def test_an_address_opens_for_its_roles_alone(address: Address, client_on: Any) -> None:
    client = client_on(address.surface)
    path = concrete(address)
    anonymous = client.get(path)
    assert anonymous.status_code == 302
    assert anonymous["Location"].startswith("/accounts/login/")
    for role in Role:
        if SURFACE_OF[role] != address.surface:
            continue
        user = User.objects.create_user(
            f"{role}-{uuid.uuid4().hex[:6]}@example.am", "x", role=role, name="Some One"
        )
        here = client_on(address.surface).sign_in(user)
        door = (
            "/api" if path.startswith("/api/") else ""
        )  # programs and people read "not found" in their own shape
        absent = here.get(f"{door}/nowhere/{uuid.uuid4()}/")
        answer = here.get(path)
        if role in address.roles:
            assert answer.status_code in (200, 302, 404, 405), (role, answer.status_code)
            assert "/accounts/login/" not in answer.get("Location", "")
        else:
            assert answer.status_code == 404, f"{role} reached {path}"
            assert answer.content == absent.content, "forbidden and absent must be the same bytes"


@pytest.mark.django_db
@pytest.mark.parametrize("address", guarded(by_token=True), ids=lambda a: f"{a.surface}:{a.name}")
def test_the_interfaces_for_programs_open_for_no_cookie(address: Address, client_on: Any) -> None:
    path = concrete(address)
    assert client_on(address.surface).get(path).status_code == 401
    for role in Role:
        if SURFACE_OF[role] == address.surface:
            user = User.objects.create_user(f"{role}@example.am", "x", role=role, organisation="ngo-shelter")
            assert client_on(address.surface).sign_in(user).get(path).status_code == 401, role


@pytest.mark.django_db
@pytest.mark.parametrize("surface", SURFACES)
def test_an_account_of_another_surface_is_signed_out_at_once(surface: str, client_on: Any) -> None:
    for role in Role:
        if SURFACE_OF[role] != surface:
            user = User.objects.create_user(f"{role}-x@example.am", "x", role=role)
            client = client_on(surface).sign_in(user)
            answer = client.get("/")
            assert answer.status_code in (200, 302)
            assert not client.session.get("_auth_user_id")
