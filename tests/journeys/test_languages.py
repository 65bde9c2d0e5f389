"""Every workspace in Armenian and Russian: the language is named, the letters are there, nothing is too wide."""

import re

import pytest

from tests.journeys.accounts import CLERK
from tests.journeys.looks import HEIGHT, page_fits, page_is_accessible
from tests.smoke import people
from wpis.development.embedded.local import ROOT

pytestmark = pytest.mark.browser

ARMENIAN = re.compile("[\u0531-\u0587]{3}")
RUSSIAN = re.compile("[\u0400-\u04ff]{3}")
LETTERS = {"hy": ARMENIAN, "ru": RUSSIAN if (ROOT / "wpis" / "locale" / "ru").exists() else ARMENIAN}
"""Russian may follow later; until its catalogue is there, its pages stand in the first language of the service."""
PLACES = [
    (None, "/"),
    (None, "/accounts/login/"),
    (None, "/accounts/signup/"),
    (None, "/check/"),
    (None, "/help/"),
    (CLERK, "/help/"),
    (CLERK, "/companies/register/"),
    (people.OFFICER, "/help/"),
    (people.ANALYST, "/help/"),
    (people.CASEWORKER, "/help/"),
    (people.PARTNER, "/help/"),
    (people.AUDITOR, "/help/"),
    (people.OFFICER, "/"),
    (people.ANALYST, "/alerts/"),
    (people.CASEWORKER, "/cases/"),
    (people.PARTNER, "/items/"),
]


def named(place) -> str:
    who, path = place
    return f"{who.role if who else 'public'} at {path}"


@pytest.mark.parametrize(("who", "path"), PLACES, ids=map(named, PLACES))
def test_a_page_speaks_armenian_and_russian_and_fits_a_phone(person, stranger, who, path):
    narrow = {"viewport": {"width": 360, "height": HEIGHT}, "looking": False}
    reader = person(who, **narrow) if who else stranger("portal", **narrow)
    for language, letters in LETTERS.items():
        reader.go(path)
        if reader.page.locator("html").get_attribute("lang") != language:
            reader.page.locator(f"header button[lang={language}]").click()
            reader.arrive()
        assert reader.page.locator("html").get_attribute("lang") == language
        assert reader.path == path
        assert letters.search(reader.page.locator("main h1").first.inner_text())
        page_fits(reader.page)
        page_is_accessible(reader.page)


def test_the_chosen_language_stays_through_sign_in(stranger, keys):
    reader = stranger("portal", looking=False)
    reader.go("/accounts/login/")
    reader.page.locator("header button[lang=hy]").click()
    reader.page.locator("[name=login]").fill(CLERK.email)
    reader.page.locator("[name=password]").fill(people.PASSWORD)
    reader.page.locator("main button[type=submit]").first.click()
    reader.arrive()
    assert reader.page.locator("html").get_attribute("lang") == "hy"
    assert reader.path == "/"
