"""Help: one page a surface, linked at the same place of every page, and no contact that nobody configured."""

import re
from typing import Any

import pytest
from django.test import override_settings

from tests.conftest import COOKIES
from tests.factories import permits as make
from wpis.accounts.roles import Role

pytestmark = pytest.mark.django_db

LINK = re.compile(r'<footer class="foot">.*<a href="/help/">Help and contact</a>.*</footer>', re.DOTALL)
PEOPLE = [
    ("portal", Role.EMPLOYER, "What the status means"),
    ("portal", Role.DELEGATE, "How to check a permit"),
    ("office", Role.OFFICER, "Two officers for every decision"),
    ("office", Role.SUPERVISOR, "The clock"),
    ("protection", Role.ANALYST, "a second analyst must agree"),
    ("protection", Role.CASEWORKER, "You see exactly what it will see"),
    ("protection", Role.PARTNER, "Accept or decline by the day shown"),
    ("protection", Role.AUDITOR, "what you read is logged too"),
]


def text(answer: Any) -> str:
    return str(answer.content.decode())


@pytest.mark.parametrize(("surface", "role", "words"), PEOPLE)
def test_each_person_is_told_what_the_own_steps_mean(
    client_on: Any, surface: str, role: Any, words: str
) -> None:
    shown = text(client_on(surface).sign_in(make.a_user(role)).get("/help/"))
    assert words in shown
    assert "If you cannot sign in" in shown


@pytest.mark.parametrize("surface", ["portal", "office", "protection"])
def test_the_link_stands_in_the_footer_of_pages_for_strangers_people_and_mistakes(
    client_on: Any, surface: str
) -> None:
    role = {"portal": Role.EMPLOYER, "office": Role.OFFICER, "protection": Role.CASEWORKER}[surface]
    stranger, person = client_on(surface), client_on(surface).sign_in(make.a_user(role))
    for client in (stranger, person):
        for path in ("/", "/accounts/login/", "/help/", "/nowhere/"):
            assert LINK.search(text(client.get(path, follow=True))), path


@pytest.mark.parametrize("surface", ["office", "protection"])
def test_a_stranger_and_a_password_alone_read_nothing_about_the_work(client_on: Any, surface: str) -> None:
    role = {"office": Role.OFFICER, "protection": Role.ANALYST}[surface]
    half = client_on(surface)
    with override_settings(WPIS_SURFACE=surface, SESSION_COOKIE_NAME=COOKIES[surface]):
        half.force_login(make.a_user(role), backend="allauth.account.auth_backends.AuthenticationBackend")
    for client in (client_on(surface), half):
        answer = client.get("/help/")
        assert answer.status_code == 200
        assert "If you cannot sign in" in text(answer)
        for word in ("second analyst", "Two officers", "Restricted", 'class="rail"'):
            assert word not in text(answer)


def test_what_is_not_configured_is_not_there(portal: Any) -> None:
    with override_settings(WPIS_HELP_EMAIL="", WPIS_HELP_PHONE="", WPIS_HELP_HOURS=""):
        shown = text(portal.get("/help/"))
    assert "How to reach us" not in shown
    assert "mailto:" not in shown


def test_what_is_configured_can_be_pressed_and_dialled(portal: Any) -> None:
    given = {
        "WPIS_HELP_EMAIL": "help@example.am",
        "WPIS_HELP_PHONE": "+374 10 000000",
        "WPIS_HELP_HOURS": "09:00-18:00",
    }
    with override_settings(**given):
        shown = text(portal.get("/help/"))
    assert 'href="mailto:help@example.am"' in shown
    assert "+374 10 000000" in shown
    assert "on working days, 09:00-18:00" in shown


def test_the_languages_are_named_as_their_readers_write_them(portal: Any) -> None:
    shown = re.sub(
        r'<span class="rest">(\w+)</span>', r"\1", text(portal.get("/"))
    )  # what a phone leaves out
    assert '<span lang="en" aria-current="true">English</span>' in shown
    for code, name in (("hy", "Հայերեն"), ("ru", "Русский")):
        assert f'value="{code}" lang="{code}">{name}</button>' in shown
