"""Sessions end when the password or the role changes, browsers forget at sign-out, and links from elsewhere work."""

import os
import re
import subprocess
import sys
from typing import Any

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings

from tests.conftest import COOKIES
from tests.factories.permits import PASSWORD, a_user
from wpis.accounts.changing.ending_sessions import end_sessions
from wpis.accounts.models import User
from wpis.accounts.roles import Role
from wpis.audit.models import AuditEvent
from wpis.development.embedded.secrets import KEYS

pytestmark = pytest.mark.django_db

NEW = "Mashtots-Arax-9"
HOMES = {"portal": Role.EMPLOYER, "office": Role.OFFICER, "protection": Role.ANALYST}
SHOW_COOKIES = """
from django.conf import settings
for name in ("SESSION", "CSRF"):
    print(getattr(settings, f"{name}_COOKIE_SAMESITE"), getattr(settings, f"{name}_COOKIE_SECURE"))
print(settings.SESSION_COOKIE_NAME)
"""


def leads_to_sign_in(answer: Any) -> bool:
    return answer.status_code == 302 and str(answer["Location"]).startswith("/accounts/login/")


@pytest.mark.parametrize("surface", HOMES)
def test_another_password_ends_all_sessions_with_their_next_request(client_on, surface):
    user = a_user(HOMES[surface])
    one, other = client_on(surface).sign_in(user), client_on(surface).sign_in(user)
    assert other.get("/help/").status_code == 200
    form = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert one.post("/accounts/password/change/", form).status_code == 302
    assert other.get("/session/").json()["seconds"] == 0
    assert one.get("/session/").json()["seconds"] == 0
    user.refresh_from_db()
    assert user.check_password(NEW)


def test_a_reset_password_ends_all_sessions(portal, client_on):
    user = a_user()
    signed_in = portal.sign_in(user)
    elsewhere = client_on("portal")
    elsewhere.post(elsewhere.get(reset_link(user))["Location"], {"password1": NEW, "password2": NEW})
    assert signed_in.get("/session/").json()["seconds"] == 0


@pytest.mark.parametrize(
    ("surface", "change"),
    [
        ("portal", {"role": Role.DELEGATE}),
        ("office", {"role": Role.SUPERVISOR}),
        ("protection", {"role": Role.CASEWORKER}),
        ("protection", {"agency": "another-agency"}),
        ("office", {"is_active": False}),
    ],
)
def test_another_role_or_a_closed_account_ends_the_session_with_its_next_request(client_on, surface, change):
    user = a_user(HOMES[surface])
    signed_in = client_on(surface).sign_in(user)
    assert signed_in.get("/session/").json()["seconds"] > 0
    User.objects.filter(pk=user.pk).update(**change)
    assert signed_in.get("/session/").json()["seconds"] == 0


def test_sessions_end_when_they_are_told_to(office):
    officer = a_user(Role.OFFICER)
    office.sign_in(officer)
    end_sessions(officer)
    assert leads_to_sign_in(office.get("/"))


@pytest.mark.parametrize("surface", HOMES)
def test_a_browser_forgets_at_sign_out(client_on, surface):
    user = a_user(HOMES[surface])
    browser = client_on(surface).sign_in(user)
    browser.get("/help/")
    key = browser.cookies[COOKIES[surface]].value
    answer = browser.post("/accounts/logout/")
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    token = answer.cookies[settings.CSRF_COOKIE_NAME]
    assert (token.value, token["max-age"]) == ("", 0)
    assert answer.cookies[COOKIES[surface]].value != key, "what is left carries a message and nobody's name"
    browser.cookies[COOKIES[surface]] = key
    assert browser.get("/session/").json()["seconds"] == 0
    (row,) = AuditEvent.objects.filter(action="accounts.session.close")
    assert (row.actor, row.surface) == (user.pk, surface)


def test_a_session_that_a_rule_ends_is_forgotten_too(office):
    officer = a_user(Role.OFFICER)
    office.sign_in(officer)
    User.objects.filter(pk=officer.pk).update(is_active=False)
    answer = office.get("/")
    assert leads_to_sign_in(answer)
    assert "Clear-Site-Data" not in answer or answer["Clear-Site-Data"] == '"cache", "storage"'


def test_pages_that_end_nothing_say_nothing_about_it(portal):
    assert "Clear-Site-Data" not in portal.get("/accounts/login/")
    assert "Clear-Site-Data" not in portal.sign_in(a_user()).get("/help/")


@pytest.mark.parametrize(
    ("surface", "same_site"), [("portal", "Lax"), ("office", "Strict"), ("protection", "Strict")]
)
def test_cookies_of_staff_are_not_sent_from_other_sites(surface, same_site):
    environment = {name: value for name, value in os.environ.items() if name not in KEYS}
    shown = subprocess.run(
        [sys.executable, "-c", SHOW_COOKIES], cwd=settings.BASE_DIR, capture_output=True, text=True, timeout=60,
        env=environment | {"DJANGO_SETTINGS_MODULE": "wpis.settings", "WPIS_SURFACE": surface, "WPIS_SECURE": "1",
                           "WPIS_DEMO": "0"},
    )  # fmt: skip
    session, csrf, name = shown.stdout.splitlines()
    assert (session, csrf) == (f"{same_site} True", f"{same_site} True")
    assert name == f"__Host-{COOKIES[surface]}"


def reset_link(user: User) -> str:
    return (
        f"/accounts/password/reset/key/{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}/"
    )


@pytest.mark.parametrize("door", HOMES)
@pytest.mark.parametrize("home", HOMES)
def test_a_link_for_a_new_password_works_on_its_own_surface_and_nowhere_else(client_on, door, home):
    user = a_user(HOMES[home])
    browser = client_on(door)
    answer = browser.get(reset_link(user))
    if door == home:
        assert browser.get(answer["Location"]).status_code == 200
        return
    assert answer.status_code == 200
    assert "This link no longer works" in answer.content.decode()
    session = browser.session
    session["_password_reset_key"] = default_token_generator.make_token(user)
    session.save()
    forced = f"/accounts/password/reset/key/{user_pk_to_url_str(user)}-set-password/"
    refused = browser.post(forced, {"password1": NEW, "password2": NEW})
    assert "This link no longer works" in refused.content.decode()
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


@pytest.mark.parametrize("door", HOMES)
@pytest.mark.parametrize(
    "path",
    [
        "password/reset/key/0-set-password/",
        "password/reset/key/1-abc-def/",
        "password/reset/key/zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz-x/",
        "confirm-email/nothing:like:that/",
    ],
)
def test_a_link_that_never_was_is_answered_in_words(client_on, door, path):
    answer = client_on(door).get(f"/accounts/{path}")
    assert answer.status_code in (200, 404)
    assert "<h1>" in answer.content.decode()


FROM_ELSEWHERE = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}


@pytest.mark.parametrize("surface", ["office", "protection"])
def test_a_link_in_webmail_leads_a_signed_in_person_to_their_page(client_on, surface):
    """The browser leaves the Strict cookie out; the page between makes it ask again, with the cookie."""
    browser = client_on(surface).sign_in(a_user(HOMES[surface]))
    cookie = browser.cookies.pop(COOKIES[surface])
    between = browser.get("/help/?hl=hy&x=%22y", headers=FROM_ELSEWHERE)
    assert between.status_code == 200
    assert "Set-Cookie" not in between or COOKIES[surface] not in between.cookies
    page = between.content.decode()
    (target,) = re.findall(r'http-equiv="refresh" content="0; url=([^"]*)"', page)
    assert target == "/help/?hl=hy&amp;x=%22y"
    assert f'href="{target}"' in page, "for a browser that does not go on by itself"
    browser.cookies[COOKIES[surface]] = cookie.value
    assert (
        browser.get("/help/", headers=FROM_ELSEWHERE | {"Sec-Fetch-Site": "same-origin"}).status_code == 200
    )


def test_the_page_between_stands_in_nobody_s_way(client_on):
    office = client_on("office")
    for headers in (
        FROM_ELSEWHERE | {"Sec-Fetch-Site": "same-origin"},
        FROM_ELSEWHERE | {"Sec-Fetch-Site": "none"},
        FROM_ELSEWHERE | {"Sec-Fetch-Mode": "cors"},
        {},
    ):
        assert leads_to_sign_in(office.get("/", headers=headers))
    assert (
        "You followed a link"
        not in client_on("portal").get("/help/", headers=FROM_ELSEWHERE).content.decode()
    )


def test_whoever_proves_again_who_they_are_gets_a_new_session_key(portal):
    user = a_user()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    portal.sign_in(user, fresh=False)
    before = portal.cookies[COOKIES["portal"]].value
    portal.post("/accounts/reauthenticate/", {"password": PASSWORD})
    after = portal.cookies[COOKIES["portal"]].value
    assert before != after
    portal.cookies[COOKIES["portal"]] = before
    assert portal.get("/session/").json()["seconds"] == 0
