"""Looks at every page of a journey, once per width: no rule of axe broken, nothing wider than the screen."""

import re
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

WIDTHS = (360, 1280)
HEIGHT = 800
VARIABLE = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\b[A-Z]{1,3}-[0-9A-Z-]{6,}")
RUN_AXE = """async () => (await axe.run(document, {resultTypes: ["violations"]})).violations.map(
    (rule) => `${rule.id}: ${rule.nodes.map((node) => node.html).join(" | ")}`)"""
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


class Looks:
    """Remembers what was looked at, so that a page that comes again costs nothing."""

    def __init__(self) -> None:
        self.seen: dict[tuple[str, str, bool], str] = {}

    def look(self, page: Page, surface: str) -> None:
        """Look at a page that has not been seen in this state: by surface, address, heading and errors."""
        place = VARIABLE.sub("*", urlsplit(page.url).path)
        heading = page.locator("h1").first
        failed = page.locator(".errsum").count() > 0
        key = (
            surface,
            f"{place} {VARIABLE.sub('*', heading.inner_text()) if heading.count() else ''}",
            failed,
        )
        if key in self.seen:
            return
        self.seen[key] = page.url
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": HEIGHT})
            page_is_accessible(page)
            page_fits(page)


def page_is_accessible(page: Page) -> None:
    """No rule of axe is broken, best practice included."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    assert page.evaluate(RUN_AXE) == [], f"axe on {page.url} at {page.viewport_size}"


def page_fits(page: Page) -> None:
    """The page does not scroll sideways."""
    assert page.evaluate(WIDER) <= 0, f"{page.url} is wider than its screen, {page.viewport_size}"
