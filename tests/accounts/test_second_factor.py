"""The second factor belongs to a session: what somebody has shown counts, not what the account holds."""

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.utils import timezone

from tests.conftest import SurfaceClient
from tests.factories.permits import PASSWORD, a_user
from wpis.accounts.models import User
from wpis.accounts.roles import Role
from wpis.second_factor.codes import issue_code

SEED = "JBSWY3DPEHPK3PXP"


def an_officer() -> User:
    """Somebody who has not set up a second factor yet."""
    user = a_user(Role.OFFICER)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


@pytest.fixture
def officer(db: None) -> User:
    """The officer of the test."""
    return an_officer()


def signed_in(client: Any, user: User) -> Any:
    """With the password alone."""
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    return client


def code(seed: str = SEED) -> str:
    """What the app shows now."""
    counter = next(iter(yield_hotp_counters_from_time()))
    return str(format_hotp_value(hotp_value(seed, counter)))


def test_a_session_of_the_password_alone_dies_when_the_owner_sets_up_a_second_factor(client_on, officer):
    thief = signed_in(client_on("office"), officer)
    assert thief.get("/")["Location"] == "/enrol/"
    TOTP.activate(officer, SEED)
    answer = thief.get("/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize(
    "path", ["/accounts/2fa/", "/accounts/2fa/webauthn/add/", "/accounts/2fa/recovery-codes/"]
)
def test_such_a_session_cannot_add_or_read_a_factor_either(path: str, client_on, officer):
    thief = signed_in(client_on("office"), officer)
    TOTP.activate(officer, SEED)
    answer = thief.get(path)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")


def test_who_shows_the_code_works(client_on, officer):
    TOTP.activate(officer, SEED)
    owner = signed_in(client_on("office"), officer)
    assert owner.get("/")["Location"].startswith("/accounts/login/"), "the password alone opens nothing"
    owner.post("/accounts/2fa/authenticate/", {"code": code()})
    assert owner.get("/").status_code == 200


def test_who_sets_a_factor_up_goes_on_in_the_same_session(committed: None):
    officer = an_officer()
    owner = signed_in(SurfaceClient("office", HTTP_ACCEPT_LANGUAGE="en"), officer)
    owner.post("/enrol/", {"code": issue_code(officer, by=None, at=timezone.now())})
    owner.post("/accounts/reauthenticate/", {"password": PASSWORD})
    page = owner.get("/accounts/2fa/totp/activate/").content.decode()
    (seed,) = re.findall(r'id="authenticator_secret">(\w+)<', page)
    owner.post("/accounts/2fa/totp/activate/", {"code": code(seed)})
    assert Authenticator.objects.filter(user=officer, type="totp").exists()
    assert owner.get("/").status_code == 200
