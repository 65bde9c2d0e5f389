"""One running product and one Chromium for the journeys, and the people who use it."""

import json
import re
import sys
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, StorageState

from tests.journeys.chromium import open_chromium
from tests.journeys.looks import HEIGHT, WIDTHS, Looks
from tests.journeys.walker import Walker
from tests.smoke.people import Person
from wpis.development.embedded.local import ROOT
from wpis.development.embedded.stack import Stack

ARTIFACTS = ROOT / "test-artifacts"
LANGUAGE = "wp_language"
PATIENCE = 30_000  # milliseconds for one step of the browser, on a busy machine


@pytest.fixture(scope="session")
def stack() -> Iterator[Stack]:
    """The whole product: three surfaces, workers, ringer, on servers of its own."""
    with Stack() as running:
        yield running


@pytest.fixture(scope="session")
def keys(stack: Stack) -> dict[str, str]:
    """E-mail address -> key of the authenticator app; the accounts exist."""
    made: dict[str, str] = json.loads(stack.run([sys.executable, "-m", "tests.journeys.accounts"]))
    return made


@pytest.fixture(scope="session")
def looks() -> Looks:
    """What was looked at in this run."""
    return Looks()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A real browser. It ends with the module, so that modules after it may use the database."""
    with open_chromium() as driven:
        yield driven


@pytest.fixture(scope="session")
def signed_in() -> dict[str, StorageState]:
    """The cookies of those who signed in before: each person does it once, through the real pages."""
    return {}


@pytest.fixture
def walkers(request: pytest.FixtureRequest, stack: Stack) -> Iterator[list[Walker]]:
    """Everybody in front of a browser in this test; when it fails, what they see is kept."""
    there: list[Walker] = []
    request.node.walkers, request.node.stack = there, stack
    yield there
    for walker in there:
        walker.page.context.close()


@pytest.fixture
def stranger(chromium: Browser, stack: Stack, looks: Looks, walkers: list[Walker]) -> Callable[..., Walker]:
    """Somebody on a surface who has not signed in: `stranger("portal")`."""

    def come(surface: str, *, looking: bool = True, **options: Any) -> Walker:
        options = {"locale": "en-GB", "viewport": {"width": WIDTHS[-1], "height": HEIGHT}, **options}
        context = chromium.new_context(**options)
        context.set_default_timeout(PATIENCE)
        walkers.append(Walker(context.new_page(), stack.url(surface), looks if looking else None))
        return walkers[-1]

    return come


@pytest.fixture
def person(
    stranger: Callable[..., Walker], keys: dict[str, str], signed_in: dict[str, StorageState]
) -> Iterator[Callable[..., Walker]]:
    """Somebody who has signed in through the sign-in page, one-time code included: `person(people.OFFICER)`.

    The next test goes on in the same session, whose key is new after every proof of who they are, and in the
    language of the browser, whatever was chosen in between.
    """
    came: dict[str, Walker] = {}
    names: dict[str, str] = {}

    def come(who: Person, **options: Any) -> Walker:
        state = signed_in.get(who.email)
        walker = stranger(who.surface, **options | ({"storage_state": state} if state else {}))
        walker.key = keys[who.email]
        came[who.email], names[who.email] = walker, who.name
        if not state:
            walker.sign_in(who, keys[who.email])
            signed_in[who.email] = walker.page.context.storage_state()
        return walker

    yield come
    for email, walker in came.items():
        context = walker.page.context
        if names[email] not in context.request.get(f"{walker.base}/").text():
            signed_in.pop(email, None)  # signed out, or somebody else signed in in this browser
            continue
        state = context.storage_state()
        state["cookies"] = [cookie for cookie in state["cookies"] if cookie.get("name") != LANGUAGE]
        signed_in[email] = state


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Keep a picture of every open page of a failed test, and the ends of the logs."""
    report = yield
    if report.failed and report.when == "call" and hasattr(item, "walkers") and hasattr(item, "stack"):
        name = re.sub(r"\W+", "-", item.name).strip("-")
        for number, walker in enumerate(item.walkers, 1):
            picture = Path(ARTIFACTS) / f"{name}-{number}.png"
            walker.keep_picture(picture)
            report.sections.append(("picture", f"{walker.page.url}: {picture.relative_to(ROOT)}"))
        for log in ("portal", "office", "protection", "worker-open", "worker-files", "worker-restricted"):
            lines = item.stack.last_lines(log, 60).splitlines()
            told = [
                line[:2000] for line in lines if "request_started" not in line and '"code": 200' not in line
            ]
            report.sections.append((f"log of {log}", "\n".join(told[-15:])))
    return report
