"""The last factor of staff stays; a new one is added first, and an app moves to a new phone in one step."""

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from tests.accounts.test_second_factor import code as app_code
from tests.conftest import SurfaceClient
from tests.factories import staff
from wpis.accounts.models import User
from wpis.accounts.roles import Role

REMOVE_APP = "/accounts/2fa/totp/deactivate/"
ROLES = [("office", Role.OFFICER), ("protection", Role.PARTNER), ("portal", Role.EMPLOYER)]


def a_key(user: User) -> Authenticator:
    data = {"name": "Key", "credential": {}}
    key: Authenticator = Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data=data)
    return key


def remove_key(key: Authenticator) -> str:
    return f"/accounts/2fa/webauthn/keys/{key.pk}/remove/"


@pytest.mark.django_db
@pytest.mark.parametrize(("surface", "role"), ROLES)
@pytest.mark.parametrize("kind", ["app", "key"])
@pytest.mark.parametrize("others", [0, 1])
def test_the_last_factor_of_staff_cannot_be_removed(
    surface: str, role: Role, kind: str, others: int, client_on: Any
) -> None:
    user = staff.a_colleague(role, factor=False)
    if kind == "app" or others:
        TOTP.activate(user, generate_totp_secret())
    key = a_key(user) if kind == "key" or others else None
    here = client_on(surface).sign_in(user)
    path = REMOVE_APP if key is None or kind == "app" else remove_key(key)
    here.get(path)
    here.post(path)
    goes = bool(others) or surface == "portal"
    assert Authenticator.objects.filter(user=user).count() == 1 + others - goes


@pytest.mark.django_db
@pytest.mark.parametrize("others", [0, 1])
def test_the_page_offers_what_can_be_done(others: int, client_on: Any) -> None:
    user = staff.a_colleague()
    if others:
        a_key(user)
    page = client_on("office").sign_in(user).get("/accounts/2fa/").content.decode()
    assert "Move the app to a new phone" in page
    assert ("Turn off the app" in page) is bool(others)


@pytest.mark.django_db
def test_a_factor_is_added_only_after_a_fresh_proof(client_on: Any) -> None:
    user = staff.a_colleague()
    here = client_on("office").sign_in(user, fresh=False)
    for path in ("/accounts/2fa/webauthn/add/", "/accounts/2fa/totp/replace/"):
        assert "reauthenticate" in here.get(path)["Location"], path


def test_an_app_moves_to_a_new_phone_and_the_old_one_stops(committed: None) -> None:
    user = staff.a_colleague()
    (before,) = Authenticator.objects.filter(user=user, type="totp").values_list("pk", flat=True)
    here = SurfaceClient("office", HTTP_ACCEPT_LANGUAGE="en").sign_in(user)
    page = here.get("/accounts/2fa/totp/replace/").content.decode()
    (seed,) = re.findall(r'id="authenticator_secret">(\w+)<', page)
    assert 'action="/accounts/2fa/totp/replace/"' in page
    assert "000000" in here.post("/accounts/2fa/totp/replace/", {"code": "000000"}).content.decode()
    assert Authenticator.objects.filter(pk=before).exists(), "a wrong code leaves the old app"
    here.post("/accounts/2fa/totp/replace/", {"code": app_code(seed)})
    (after,) = Authenticator.objects.filter(user=user, type="totp")
    assert after.pk != before
    assert here.get("/").status_code == 200


@pytest.mark.django_db
def test_who_has_no_app_replaces_none(client_on: Any) -> None:
    user = staff.a_colleague(factor=False)
    a_key(user)
    here = client_on("office").sign_in(user)
    assert here.get("/accounts/2fa/totp/replace/")["Location"] == "/accounts/2fa/"
