"""The pages of one's own account in a real browser: every one of them, in three languages and at two widths."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.journeys.accounts import CLERK
from tests.journeys.conftest import LANGUAGE
from tests.journeys.looks import HEIGHT, WIDTHS, page_fits, page_is_accessible
from tests.smoke import people
from tests.smoke.people import PASSWORD
from tests.smoke.totp import fresh_code

pytestmark = pytest.mark.browser

LINKS = "[...document.querySelectorAll('main a[href]')].map((link) => link.getAttribute('href'))"
BEHIND = {
    False: {
        *("/account/", "/accounts/email/", "/accounts/password/change/", "/accounts/2fa/"),
        *("/accounts/2fa/totp/activate/", "/accounts/2fa/webauthn/add/"),
    },
    True: {
        *("/account/", "/accounts/email/", "/accounts/password/change/", "/accounts/2fa/"),
        *(
            "/accounts/2fa/totp/replace/",
            "/accounts/2fa/recovery-codes/generate/",
            "/accounts/2fa/webauthn/add/",
        ),
    },
}
"""Has a second step -> the pages that are there at least."""


def look(page):
    """At both widths: no rule of axe is broken, and nothing is too wide."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        page_is_accessible(page)
        page_fits(page)


def prove(someone, who):
    """Once more who it is, with the code of the app or the password."""
    look(someone.page)
    code = someone.page.locator("main [name=code]")
    if code.count():
        code.fill(fresh_code(someone.key))
    else:
        someone.page.locator("main [name=password]").fill(PASSWORD)
    someone.page.locator("main form button[type=submit]").first.click()
    someone.arrive()


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
        if "reauthenticate" in someone.path:
            prove(someone, who)
            someone.go(path)
            assert someone.path == path
        expect(page.locator("html")).to_have_attribute("lang", language)
        expect(page.locator("header .brand")).to_be_visible()
        expect(page.locator("main h1")).to_have_count(1)
        look(page)
        waiting += [urlsplit(link).path for link in page.evaluate(LINKS)]
    assert seen >= BEHIND[who.second_factor]


def test_on_a_phone_the_account_is_a_link_of_the_navigation(person):
    someone = person(CLERK, looking=False, viewport={"width": 360, "height": HEIGHT})
    someone.go("/")
    someone.page.locator("header nav").get_by_role("link", name="Account").click()
    someone.arrive()
    someone.reads("Your account", CLERK.name, "Sign out everywhere else")
