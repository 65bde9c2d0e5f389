"""Sign-in in a real browser: the second factor, passkeys, too many tries, signing out."""

import pytest

from tests.journeys.accounts import FORGETFUL, KEYHOLDER, LEAVING, NEWCOMER
from tests.smoke import people
from tests.smoke.people import PASSWORD
from tests.smoke.totp import fresh_code

pytestmark = pytest.mark.browser

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
"""A fingerprint reader in software, as Chromium's WebAuthn domain makes them."""


def test_a_wrong_password_and_an_unknown_address_get_the_same_words(stranger, keys):
    someone, answers = stranger("office"), []
    for email in (people.OFFICER.email, "nobody@example.am"):
        someone.go("/accounts/login/")
        someone.send({"login": email, "password": "wrong"}, press="Sign in")
        someone.reads("The e-mail address or the password is wrong")
        answers.append(someone.page.locator("main").inner_text().replace(email, ""))
    assert answers[0] == answers[1]


@pytest.mark.parametrize("who", [people.AUDITOR, people.SECOND_OFFICER], ids=["protection", "office"])
def test_a_password_alone_opens_no_desk(stranger, keys, who):
    someone = stranger(who.surface)
    someone.go("/accounts/login/")
    someone.send({"login": who.email, "password": PASSWORD}, press="Sign in")
    someone.reads("enter the code it shows")
    someone.send({"code": "000000"}, press="Sign in")
    someone.reads("This code is not right, or too old")
    someone.go("/")
    assert someone.path.startswith("/accounts/"), "half-way through sign-in every page leads back to it"


def test_the_first_sign_in_of_an_officer_sets_up_the_second_step(stranger, keys):
    officer = stranger("office")
    officer.sign_in(NEWCOMER)
    officer.go("/")
    officer.reads("enter the code that your administrator gave you")
    officer.send({"code": "AAAA-AAAA-AAAA-AAAA"}, press="Continue")
    officer.reads("This code does not work")
    officer.send({"code": keys[NEWCOMER.email]}, press="Continue")
    officer.reads("A password alone can be stolen")
    officer.follow("Set up the app")
    officer.send({"password": PASSWORD}, press="Continue")
    key = officer.page.locator("#authenticator_secret").inner_text()
    officer.send({"code": fresh_code(key)}, press="Turn on")
    officer.reads("Recovery codes")
    officer.follow("Continue")
    officer.reads("Take next case")


def test_a_passkey_is_registered_and_signs_in_without_a_password(stranger, keys):
    officer = stranger("office")
    devices = officer.page.context.new_cdp_session(officer.page)
    devices.send("WebAuthn.enable")
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    officer.sign_in(KEYHOLDER)
    officer.send({"code": keys[KEYHOLDER.email]}, press="Continue")
    officer.follow("Add a key")
    officer.send({"password": PASSWORD}, press="Continue")
    officer.fill({"name": "My fingerprint", "passwordless": "on"})
    with officer.page.expect_navigation():
        officer.page.get_by_role("button", name="Add the key").click()
    officer.arrive()
    officer.go("/accounts/2fa/webauthn/")
    officer.reads("My fingerprint")
    officer.press("Sign out")
    officer.go("/accounts/login/")
    with officer.page.expect_navigation(url="**/"):
        officer.page.get_by_role("button", name="Sign in with a passkey").click()
    officer.arrive()
    officer.reads("Take next case")


def test_after_ten_wrong_passwords_from_one_network_the_right_one_waits_too(stranger, keys):
    someone = stranger("protection")
    for password in [*["wrong"] * 10, PASSWORD]:
        someone.go("/accounts/login/")
        someone.send({"login": FORGETFUL.email, "password": password}, press="Sign in")
    someone.reads("Too many tries. Wait a few minutes, then try again")


def test_after_signing_out_nothing_is_left_behind_the_back_button(person):
    analyst = person(LEAVING)
    analyst.go("/alerts/")
    analyst.press("Sign out")
    analyst.page.go_back()
    analyst.arrive()
    assert analyst.path == "/accounts/login/"
    assert not analyst.says("Take next")
