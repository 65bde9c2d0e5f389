"""How much the shortest lawful application takes of a known employer: page moves, clicks and typed fields, printed."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Literal

import pytest
from playwright.sync_api import FilePayload, Page, expect

from permits.models import Application
from permits.states import State
from tests.factories import permits as make
from tests.permits.employer.test_browser import Portal, portal_site  # noqa: F401 - a fixture
from tests.smoke import answers

pytestmark = pytest.mark.browser

MOVES, CLICKS, TYPED = 9, 20, 14


class Counter:
    """Does what a person does, and counts it. A box that is filled counts once, each box of a date for itself."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.moves = self.clicks = self.typed = 0
        self.story: list[str] = []

    def click(self, selector: str) -> None:
        """A radio button, a tick, or a list from which something is chosen."""
        self.page.locator(f"main {selector}").first.check()
        self.clicks += 1

    def type(self, fields: Mapping[str, Any]) -> None:
        """Text boxes."""
        for name, value in fields.items():
            self.page.locator(f"main [name='{name}']").fill(str(value))
            self.typed += 1

    def choose(self, name: str, file: str) -> None:
        """A file, out of the window of the system."""
        chosen: FilePayload = {"name": file, "mimeType": "application/pdf", "buffer": answers.a_pdf()}
        self.page.set_input_files(f"main [name={name}]", files=[chosen])
        self.clicks += 1

    def press(self, label: str, role: Literal["button", "link"] = "button") -> None:
        """A button or a link: the page moves."""
        before = self.page.url
        self.page.locator("main .actions, main form.push, main .tasks").get_by_role(
            role, name=label
        ).first.click()
        self.page.wait_for_url(lambda url: url != before)
        self.clicks += 1
        self.moves += 1
        self.story.append(f"{self.moves}. {self.page.url.rstrip('/').rpartition('/')[2]}")


def test_a_known_employer_files_the_shortest_lawful_application_in_few_steps(
    portal_site: Portal,  # noqa: F811
) -> None:
    today, by = date.today(), make.a_user()
    make.a_submitted_application(make.an_employer(by), by)
    page = portal_site.page(by)
    page.goto(f"{portal_site.address}/?hl=en")
    count = Counter(page)
    count.press("Start an application")
    count.press("Worker and passport", "link")
    count.type({"mrz": answers.passport_lines("steps")})
    count.type({"given_names_hy": "Ռաջեշ Կումար", "surname_hy": "Շարմա"})
    count.click("[name=languages][value=hi]")
    count.press("Save and continue")
    expect(page.locator("main")).to_contain_text("We filled in the worker's details from the passport lines")
    expect(page.locator("main")).to_contain_text("We filled in the answers of your last application")
    count.press("Save and continue")
    count.type(answers.three_boxes("starts_on", today + timedelta(days=60)))
    count.type(answers.three_boxes("ends_on", today + timedelta(days=360)))
    count.press("Save and continue")
    count.click("[name=provider][value=worker]")
    count.press("Save and continue")
    count.click("[name=used_recruiter][value=no]")
    count.click("[name=permit_cost_payer][value=employer]")
    count.press("Save and continue")
    count.choose("file_passport", "passport.pdf")
    count.choose("file_contract", "contract.pdf")
    count.press("Save and continue")
    expect(page.locator("main")).to_contain_text("SHARMA")
    expect(page.locator("main")).to_contain_text("Declare and submit")
    count.click("[name=declared]")
    count.press("Submit the application")
    expect(page.locator("main")).to_contain_text("Application submitted")
    print(
        f"\n{', '.join(count.story)}\n{count.moves} page moves, {count.clicks} clicks, {count.typed} typed fields"
    )
    assert count.moves <= MOVES, count.story
    assert count.clicks <= CLICKS
    assert count.typed <= TYPED
    filed = Application.objects.latest("submitted_at")
    assert filed.state == State.SUBMITTED
    assert (filed.worker.surname, filed.terms.job_title, filed.terms.gross_wage) == (
        "SHARMA",
        "Bricklayer",
        320_000,
    )
