"""Sign-in pages use our form, our words and our shell on every surface."""

import re

import pytest

from wpis.accounts.models import User
from wpis.accounts.roles import Role

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("surface", ["portal", "office", "protection"])
def test_the_sign_in_page_speaks_our_words_on_every_surface(client_on, surface):
    html = client_on(surface).get("/accounts/login/").content.decode()
    assert re.findall(r"<label for=\"id_\w+\">(.*?)\s*</label>", html) == ["E-mail address", "Password"]
    assert "Sign in with a passkey" in html
    assert ("Create an account" in html) == (surface == "portal")
    assert "placeholder" not in html


def test_an_empty_sign_in_says_what_to_enter(portal):
    html = portal.post("/accounts/login/", {}).content.decode()
    assert '<a href="#id_login">Enter your e-mail address</a>' in html
    assert '<a href="#id_password">Enter your password</a>' in html


def test_an_unknown_account_and_a_wrong_password_get_the_same_words(portal):
    User.objects.create_user("known@example.am", "right password 1", role=Role.EMPLOYER)
    texts = []
    for email in ("known@example.am", "unknown@example.am"):
        html = portal.post("/accounts/login/", {"login": email, "password": "wrong"}).content.decode()
        assert "The e-mail address or the password is wrong" in html
        texts.append(re.sub(r'value="[^"]*"', "", html).replace(email, ""))
    assert texts[0] == texts[1]


def test_sign_up_is_closed_where_an_administrator_makes_the_accounts(portal, office):
    assert "Your full name" in portal.get("/accounts/signup/").content.decode()
    assert "made by an administrator" in office.get("/accounts/signup/").content.decode()


def test_the_header_names_the_person_and_signs_out_by_form(portal):
    user = User.objects.create_user(
        "ani@example.am", "right password 1", name="Ani Sargsyan", role=Role.EMPLOYER
    )
    html = portal.sign_in(user).get("/accounts/2fa/").content.decode()
    assert "<bdi>Ani Sargsyan</bdi>" in html
    assert '<form method="post" action="/accounts/logout/">' in html
    assert "Set up the app" in html


@pytest.mark.parametrize("name", ["password/reset/", "password/reset/done/", "inactive/", "login/"])
def test_no_page_of_sign_in_falls_back_to_borrowed_markup(portal, name):
    html = portal.get(f"/accounts/{name}").content.decode()
    assert html.startswith("<!doctype html>")
    assert "wpi/wpi" in html
    assert '<main id="main"' in html
