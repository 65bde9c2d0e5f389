"""What the first visit to a page weighs on the wire, with an empty cache: printed, and held below the limits."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.journeys.walker import Walker
from tests.smoke import people

pytestmark = pytest.mark.browser

PUBLIC, STAFF = 60_000, 90_000  # bytes of a first load, headers included
PAGES = ("/", "/check/", "/accounts/login/", "/accounts/signup/")


def weigh(page: Page, address: str) -> int:
    """Bytes that came over the wire until the page stood, nothing out of the cache."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    came: list[int] = []
    session.on("Network.loadingFinished", lambda event: came.append(int(event["encodedDataLength"])))
    page.goto(address, wait_until="networkidle")
    session.detach()
    return sum(came)


@pytest.mark.parametrize("language", ["hy", "en", "ru"])
def test_the_first_load_of_a_public_page_is_light(stranger: Callable[..., Walker], language: str) -> None:
    for address in PAGES:
        walker = stranger("portal", looking=False)
        weight = weigh(walker.page, f"{walker.base}{address}?hl={language}")
        print(f"\n{address} {language}: {weight / 1000:.1f} KB")
        assert 0 < weight <= PUBLIC, address


@pytest.mark.parametrize(
    "who",
    [people.OFFICER, people.ANALYST, people.CASEWORKER, people.PARTNER, people.AUDITOR],
    ids=lambda who: who.role,
)
def test_the_first_load_of_a_staff_page_is_light(person: Callable[..., Walker], who: people.Person) -> None:
    walker = person(who, looking=False)
    weight = weigh(walker.page, f"{walker.base}/")
    print(f"\n{who.surface}, {who.role}: {weight / 1000:.1f} KB")
    assert 0 < weight <= STAFF


def test_what_a_program_reads_is_not_compressed_and_pages_are(stranger: Callable[..., Walker]) -> None:
    walker = stranger("portal", looking=False)
    asked = walker.page.context.request
    page = asked.get(f"{walker.base}/", headers={"Accept-Encoding": "gzip"})
    assert page.headers["content-encoding"] == "gzip"
    assert "Accept-Encoding" in page.headers["vary"]
    file = asked.get(f"{walker.base}/api/schema", headers={"Accept-Encoding": "gzip"})
    assert "content-encoding" not in file.headers
