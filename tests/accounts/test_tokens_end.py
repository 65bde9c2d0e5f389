"""Tokens for programs end: by date, with the password they were made under, and with the account."""

import subprocess
import sys
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings as django_settings
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from permits.actions import tokens as company_tokens
from referral.api.tokens import actions as agency_tokens
from tests.accounts.test_sessions import NEW, reset_link
from tests.factories.permits import PASSWORD, a_user, an_employer
from tests.factories.referral import a_partner
from tests.referral.api.conftest import with_factor
from wpis.accounts.models import User

pytestmark = pytest.mark.django_db


class Program:
    """A program with a token of its own, on the portal or on protection."""

    def __init__(self, surface, client_on):
        self.surface, self.client_on = surface, client_on
        self.maker = a_user() if surface == "portal" else with_factor(a_partner())
        self.company = an_employer(self.maker) if surface == "portal" else None
        self.secret = self.make()

    def make(self):
        """One more token."""
        at = timezone.now()
        if self.company:
            return company_tokens.issue(self.company, "Test", by=self.maker, at=at)[1]
        return agency_tokens.issue("Test", by=self.maker, at=at)[1]

    def status(self, secret=None):
        """What the interface answers."""
        path = "/api/v1/applications" if self.company else "/api/v1/items"
        headers = {"Authorization": f"Bearer {secret or self.secret}"}
        return self.client_on(self.surface).get(path, headers=headers).status_code

    def page(self):
        """The page that lists the tokens."""
        browser = self.client_on(self.surface).sign_in(self.maker)
        return browser.get(f"/companies/{self.company.pk}/" if self.company else "/tokens/").content.decode()


@pytest.fixture(params=["portal", "protection"])
def program(request, client_on):
    made = Program(request.param, client_on)
    assert made.status() == 200
    return made


def test_a_token_ends_at_its_date_and_the_page_says_when(program):
    start = timezone.now()
    with time_machine.travel(start, tick=False) as clock:
        assert "works until " in program.page()
        assert "Ends soon" not in program.page()
        clock.shift(timedelta(days=151))
        assert program.status() == 200
        assert "Ends soon: make a new one" in program.page()
        clock.shift(timedelta(days=28, hours=23))
        assert program.status() == 200
        clock.shift(timedelta(hours=2))
        assert program.status() == 401
        assert "No longer works" in program.page()


def test_a_changed_password_ends_the_tokens_made_under_the_old_one(program):
    browser = program.client_on(program.surface).sign_in(program.maker)
    form = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert browser.post("/accounts/password/change/", form).status_code == 302
    assert program.status() == 401
    program.maker.refresh_from_db()
    assert "No longer works" in program.page()
    assert program.status(program.make()) == 200


def test_a_reset_password_ends_them_too(program):
    browser = program.client_on(program.surface)
    form = browser.get(reset_link(program.maker))["Location"]
    browser.post(form, {"password1": NEW, "password2": NEW})
    assert program.status() == 401


def test_a_closed_account_s_tokens_stay_ended_when_it_is_opened_again(program):
    maker = program.maker
    for is_active in (False, True):
        maker.is_active = is_active
        maker.save(update_fields=["is_active"])
        assert program.status() == 401


def test_signing_in_is_no_change_of_the_password_even_when_it_is_hashed_anew(program, settings):
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
        "django.contrib.auth.hashers.MD5PasswordHasher",
    ]
    assert User.objects.get(pk=program.maker.pk).check_password(PASSWORD)
    assert User.objects.get(pk=program.maker.pk).password.startswith("pbkdf2")
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    assert program.status() == 200


@pytest.mark.parametrize(
    ("days", "said"), [("0", "from 1 to 366"), ("367", "from 1 to 366"), ("-1", "at least 0")]
)
def test_no_operator_makes_tokens_that_live_longer_than_a_year(days, said):
    environment = {
        "WPIS_SECRET_KEY": "unused",
        "DATABASE_URL": "postgresql:///unused",
        "WPIS_TOKEN_DAYS": days,
        "DJANGO_SETTINGS_MODULE": "wpis.settings",
    }
    shown = subprocess.run(
        [sys.executable, "-c", "import wpis.settings"],
        cwd=django_settings.BASE_DIR, env=environment, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert ImproperlyConfigured.__name__ in shown.stderr
    assert f"WPIS_TOKEN_DAYS must be {said}" in shown.stderr
