"""The pages of one's own account in a real browser: every one of them, in three languages and at two widths."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.journeys.accounts import CLERK
from tests.journeys.conftest import LANGUAGE
from tests.journeys.looks import HEIGHT, WIDTHS, page_fits, page_is_accessible
from tests.smoke import people

pytestmark = pytest.mark.browser

LINKS = "[...document.querySelectorAll('main a[href]')].map((link) => link.getAttribute('href'))"
BEHIND = {
    "portal": {"/account/", "/accounts/email/", "/accounts/password/change/", "/accounts/2fa/"},
    "office": {"/account/", "/accounts/email/", "/accounts/password/change/", "/accounts/2fa/"},
}


@pytest.mark.parametrize("language", ["hy", "en", "ru"])
@pytest.mark.parametrize("who", [CLERK, people.OFFICER], ids=["without a second step", "with one"])
def test_every_page_that_the_account_leads_to_fits_and_is_in_our_look(person, who, language):
    someone = person(who, looking=False)
    page = someone.page
    page.context.add_cookies([{"name": LANGUAGE, "value": language, "url": someone.base}])
    someone.go("/")
    page.locator("header .who a").click()
    expect(page).to_have_url(f"{someone.base}/account/")
    waiting, seen = ["/account/"], set()
    while waiting:
        path = waiting.pop()
        if path in seen or not path.startswith("/account"):
            continue
        seen.add(path)
        if path.endswith("/download/"):
            continue  # a file
        someone.go(path)
        expect(page.locator("html")).to_have_attribute("lang", language)
        expect(page.locator("header .brand")).to_be_visible()
        expect(page.locator("main h1")).to_have_count(1)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": HEIGHT})
            page_is_accessible(page)
            page_fits(page)
        waiting += [urlsplit(link).path for link in page.evaluate(LINKS)]
    assert seen >= BEHIND[who.surface]
    assert len(seen) > len(BEHIND[who.surface]), "the second step has pages of its own"


def test_on_a_phone_the_account_is_a_link_of_the_navigation(person):
    someone = person(CLERK, looking=False, viewport={"width": 360, "height": HEIGHT})
    someone.go("/")
    someone.page.locator("header nav").get_by_role("link", name="Account").click()
    someone.arrive()
    someone.reads("Your account", CLERK.name, "Sign out everywhere else")
