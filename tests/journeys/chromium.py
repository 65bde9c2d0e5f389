"""The browser of the journeys: the machine's own Chromium, which talks to nobody but our servers."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

from wpis.development.embedded.environment.browser import browser

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@contextmanager
def open_chromium() -> Iterator[Browser]:
    """Start it, close it. While it is open, Django's database calls refuse this thread."""
    with sync_playwright() as playwright:
        driven = playwright.chromium.launch(executable_path=str(browser()), args=FLAGS)
        try:
            yield driven
        finally:
            driven.close()
