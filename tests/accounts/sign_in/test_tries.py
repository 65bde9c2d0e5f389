"""Guessing at an account slows down the guesser, never the owner on a device that knows them."""

import re
from typing import Any

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings

from tests.accounts.test_second_factor import SEED, code
from tests.conftest import SurfaceClient
from tests.factories.permits import PASSWORD, a_user
from wpis.accounts.factors import factors_of
from wpis.accounts.models import User
from wpis.accounts.roles import Role
from wpis.rate_limits import guesses
from wpis.rate_limits.limiter import RateLimit

pytestmark = pytest.mark.django_db

HOME, OFFICE = "8.8.4.100", "8.8.4.200"
ROLES = {"portal": Role.EMPLOYER, "office": Role.OFFICER, "protection": Role.ANALYST}


def client(address: str, surface: str = "portal") -> SurfaceClient:
    return SurfaceClient(surface, HTTP_ACCEPT_LANGUAGE="en", REMOTE_ADDR=address)


def an_owner(role: Role = Role.EMPLOYER) -> User:
    user = a_user(role)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def sign_in(browser: SurfaceClient, email: str, password: str = PASSWORD) -> Any:
    return browser.post("/accounts/login/", {"login": email, "password": password})


def lets_in(browser: SurfaceClient, user: User, password: str = PASSWORD) -> bool:
    """Whether the password leads on: to the start page or to the second step."""
    return bool(sign_in(browser, user.email, password).status_code == 302)


def a_known_device(user: User, address: str = HOME, surface: str = "portal") -> SurfaceClient:
    """A browser in which the owner has signed in, and out again."""
    browser = client(address, surface)
    assert lets_in(browser, user)
    if factors_of(user).exists():
        assert browser.post("/accounts/2fa/authenticate/", {"code": code()}).status_code == 302
    browser.post("/accounts/logout/")
    return browser


def attack(user: User, addresses: int, times: int = 10, surface: str = "portal") -> None:
    """Wrong passwords from many networks."""
    for number in range(addresses):
        for _ in range(times):
            sign_in(client(f"9.9.{number}.1", surface), user.email, "wrong")


def test_an_attack_from_twenty_networks_locks_the_owner_out_of_nothing():
    owner = an_owner()
    known = a_known_device(owner)
    attack(owner, 20)
    assert not lets_in(client("9.9.3.1"), owner), "an attacker's network waits, with the right password too"
    assert lets_in(known, owner)
    assert lets_in(client(OFFICE), owner), "and so does a new device in a network from which nobody attacks"


@pytest.mark.parametrize("surface", ROLES)
def test_when_all_strangers_wait_the_owner_gets_in_on_a_known_device(surface, monkeypatch):
    few = RateLimit(guesses.STRANGERS.name, 12, guesses.STRANGERS.within)
    monkeypatch.setattr(guesses, "STRANGERS", few)
    owner = an_owner(ROLES[surface])
    TOTP.activate(owner, SEED)
    known = a_known_device(owner, surface=surface)
    attack(owner, 4, times=4, surface=surface)
    refused = sign_in(client(OFFICE, surface), owner.email)
    assert "Too many tries" in refused.content.decode(), "strangers together, from wherever"
    assert lets_in(known, owner)


def test_somebody_in_the_owners_own_network_cannot_lock_them_out_either():
    owner = an_owner()
    known = a_known_device(owner, OFFICE)
    for _ in range(15):
        sign_in(client(OFFICE), owner.email, "wrong")
    assert not lets_in(client(OFFICE), owner)
    assert lets_in(known, owner)


def test_an_office_behind_one_address_is_not_locked_out_as_one():
    for _ in range(30):
        sign_in(client(OFFICE), a_user().email, "wrong")
    assert lets_in(client(OFFICE), an_owner())


def test_a_known_device_may_not_guess_for_ever():
    owner = an_owner()
    known = a_known_device(owner)
    answers = [sign_in(known, owner.email, "wrong") for _ in range(guesses.DEVICE.requests + 1)]
    assert ["Too many tries" in answer.content.decode() for answer in answers] == [False] * 10 + [True]
    assert not lets_in(known, owner)


def test_the_mark_of_a_device_is_good_for_who_signed_in_on_it_and_cannot_be_forged(monkeypatch):
    monkeypatch.setattr(guesses, "STRANGERS", RateLimit(guesses.STRANGERS.name, 3, guesses.STRANGERS.within))
    owner, other = an_owner(), an_owner()
    of_other = a_known_device(other)
    attack(owner, 3, times=1)
    assert not lets_in(of_other, owner)
    mark = of_other.cookies[settings.WPIS_DEVICE_COOKIE_NAME].value
    for forged in ("", "x", mark[:-1], mark.replace(":", ".", 1)):
        stranger = client(HOME)
        stranger.cookies[settings.WPIS_DEVICE_COOKIE_NAME] = forged
        assert not lets_in(stranger, owner)


def test_two_people_at_one_computer_are_both_known():
    first, second = an_owner(), an_owner()
    shared = a_known_device(first)
    assert lets_in(shared, second)
    shared.post("/accounts/logout/")
    for person in (first, second):
        attack(person, 1)
        for _ in range(10):
            sign_in(client(HOME), person.email, "wrong")
        assert lets_in(shared, person)
        shared.post("/accounts/logout/")


def test_who_knows_the_password_cannot_use_up_the_codes_of_the_owner():
    owner = an_owner()
    TOTP.activate(owner, SEED)
    known = a_known_device(owner)
    for number in range(6):
        thief = client(f"9.9.{number}.1")
        assert lets_in(thief, owner)
        thief.post("/accounts/2fa/authenticate/", {"code": "000000"})
    stranger = client(OFFICE)
    assert lets_in(stranger, owner)
    refused = stranger.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert "Too many tries" in refused.content.decode(), "all strangers together may guess five codes"
    assert lets_in(known, owner)
    page = known.post("/accounts/2fa/authenticate/", {"code": "000000"}).content.decode()
    assert "Too many tries" not in page
    assert "not right, or too old" in page


@pytest.mark.parametrize("page", ["signup", "password/reset"])
def test_letters_that_strangers_ask_for_do_not_use_up_those_of_the_owner(page):
    form = {"email": an_owner().email} if "reset" in page else {
        "email": "new@example.am", "name": "Nare", "password1": PASSWORD, "password2": PASSWORD,
    }  # fmt: skip
    answers = [client("9.9.9.9").post(f"/accounts/{page}/", form).status_code for _ in range(6)]
    assert answers[-1] == 429
    assert client(HOME).post(f"/accounts/{page}/", form).status_code == 302


def test_an_account_that_does_not_exist_is_counted_and_answered_like_one_that_does():
    pages = []
    for email in (an_owner().email, "nobody@example.am"):
        seen = []
        for _ in range(12):
            answer = sign_in(client(HOME), email, "wrong")
            text = answer.content.decode().replace(email, "")
            seen.append((answer.status_code, re.sub(r'value="[^"]*"', "", text)))
        pages.append(seen)
    assert pages[0] == pages[1]


def test_a_new_password_by_link_ends_the_wait_of_its_owner():
    owner = an_owner()
    browser = client(HOME)
    for _ in range(10):
        sign_in(browser, owner.email, "wrong")
    assert "Too many tries" in sign_in(browser, owner.email).content.decode()
    key = f"{user_pk_to_url_str(owner)}-{default_token_generator.make_token(owner)}"
    form = browser.get(f"/accounts/password/reset/key/{key}/")["Location"]
    browser.post(form, {"password1": "Mashtots-Arax-9", "password2": "Mashtots-Arax-9"})
    assert lets_in(client(OFFICE), owner, "Mashtots-Arax-9")
    assert lets_in(browser, owner, "Mashtots-Arax-9")
