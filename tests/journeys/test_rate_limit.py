"""The page shown when a network has checked too many permits, also on a telephone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.journeys.looks import HEIGHT, page_fits, page_is_accessible
from wpis.development.embedded.stack import Stack

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def portal() -> Iterator[Stack]:
    """A portal that answers one check in five minutes, so that the second one is too many."""
    with Stack(webs=("portal",), workers=(), ringer=False, environment={"WPIS_CHECK_REQUESTS": "1"}) as stack:
        yield stack


@pytest.mark.parametrize("language", ["en", "hy", "ru"])
@pytest.mark.parametrize("width", [360, 1280])
def test_the_refused_check_fits_and_can_be_tried_again(
    portal: Stack, chromium: Browser, width: int, language: str
) -> None:
    context = chromium.new_context(viewport={"width": width, "height": HEIGHT})
    page = context.new_page()
    address = portal.url("portal", f"/check/P-7K3M9QXD2FHA4?hl={language}")
    page.goto(address)
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == 429
    assert 0 < int(answer.headers["retry-after"]) <= 300
    page_fits(page)
    page_is_accessible(page)
    page.locator("main a.btn").click()
    assert page.url == address
    context.close()
