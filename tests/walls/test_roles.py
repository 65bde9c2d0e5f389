"""Wall: people. Every address of every surface, against every role: the table in permission_matrix.csv is the law."""

import csv
import re
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from tests.walls.addresses import SURFACES, Address, addresses
from tests.walls.behind_addresses import BUILDERS, Behind, Builder, Values
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
    assert found == table(), "review the change, then run: python -m tests.walls.rights.write_matrix"


def test_every_view_says_who_may_use_it() -> None:
    assert [a for a in ours() if not a.demand] == []


def test_no_power_reaches_across_surfaces() -> None:
    for address in ours():
        assert all(SURFACE_OF[role] == address.surface for role in address.roles), address


def guarded(*, by_token: bool) -> list[Address]:
    return [a for a in ours() if a.roles and a.module.startswith(BY_TOKEN) == by_token]


def with_values(address: Address, values: Values) -> str:
    """The address with these arguments in it."""
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda match: str(values[match[1]]), address.pattern)


def nothing(address: Address) -> str:
    """The address with arguments that name nothing."""
    return with_values(
        address, {name: SAMPLES.get(kind, lambda: "nothing-here")() for name, kind in address.converters}
    )


def builder_of(address: Address) -> Builder | None:
    """What builds the object behind an address; one that stands on two surfaces has a builder for each."""
    return BUILDERS.get(address.name) or BUILDERS.get(f"{address.surface}:{address.name}")


def an_account(role: Role, agency: str = "ngo-shelter") -> User:
    email = f"{role}-{uuid.uuid4().hex[:6]}@example.am"
    return User.objects.create_user(
        email, "x", role=role, name="Some One", agency=agency if role == Role.PARTNER else ""
    )


@pytest.mark.parametrize(
    "address", guarded(by_token=False), ids=lambda a: f"{a.surface}:{a.name or a.pattern}"
)
def test_what_stands_behind_every_address_with_arguments_is_known(address: Address) -> None:
    assert not address.converters or builder_of(address), "say it in tests/walls/behind_addresses.py"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", guarded(by_token=False), ids=lambda a: f"{a.surface}:{a.name or a.pattern}"
)
def test_an_address_opens_for_its_roles_alone(address: Address, client_on: Any) -> None:
    """Roles with the power reach a real object; all others see for the same object what an absent one shows."""
    build = builder_of(address) if address.converters else None
    behind = build() if build else Behind({}, {})
    path = with_values(address, behind.values)
    anonymous = client_on(address.surface).get(path)
    assert anonymous.status_code == 302
    assert anonymous["Location"].startswith("/accounts/login/")
    for role in (role for role in Role if SURFACE_OF[role] == address.surface):
        user = behind.people[role] if role in behind.people and role in address.roles else an_account(role)
        here = client_on(address.surface).sign_in(user)
        if role in address.roles:
            assert_opens(here, path, role)
        else:
            # Programs and people read "not found" in their own shape.
            door = "/api" if path.startswith("/api/") else ""
            absent, answer = here.get(f"{door}/nowhere/{uuid.uuid4()}/"), here.get(path)
            assert answer.status_code == 404, f"{role} reached {path}"
            assert answer.content == absent.content, "forbidden and absent must be the same bytes"


def assert_opens(here: Any, path: str, role: Role) -> None:
    """The page or, where there is none to read, the step behind it; never "not found", "forbidden" or a sign-in."""
    answer = here.get(path)
    if answer.status_code == 405:
        with transaction.atomic():
            answer = here.post(path)
            transaction.set_rollback(True)
    assert answer.status_code in (200, 302, 409, 422), (role, path, answer.status_code)
    assert "/accounts/login/" not in answer.get("Location", "")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [a for a in guarded(by_token=False) if a.converters],
    ids=lambda a: f"{a.surface}:{a.name}",
)
def test_an_id_that_names_nothing_is_absent_for_everybody(address: Address, client_on: Any) -> None:
    for role in address.roles:
        here = client_on(address.surface).sign_in(an_account(Role(role)))
        path = nothing(address)
        assert 404 in (here.get(path).status_code, here.post(path).status_code), (role, path)


@pytest.mark.django_db
@pytest.mark.parametrize("address", guarded(by_token=True), ids=lambda a: f"{a.surface}:{a.name}")
def test_the_interfaces_for_programs_open_for_no_cookie(address: Address, client_on: Any) -> None:
    path = nothing(address)
    assert client_on(address.surface).get(path).status_code == 401
    for role in (role for role in Role if SURFACE_OF[role] == address.surface):
        assert client_on(address.surface).sign_in(an_account(role)).get(path).status_code == 401, role


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
