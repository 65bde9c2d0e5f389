"""Drafts in a real browser: none before something is saved; deleted, brought back, deleted; nothing typed is lost."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.steps.filing import register
from tests.smoke.people import Person

pytestmark = pytest.mark.browser

STARTER = Person("Zaruhi Petrosyan", "employer", "portal", account=False, second_factor=False)
STARTED = "Not submitted yet"


@pytest.fixture(scope="module")
def account():
    """The browser state of an employer with a company; made by the first test."""
    return {}


@pytest.fixture
def starter(stranger, stack, account):
    """An employer in front of the first page."""
    options = {"storage_state": account["state"]} if account else {}
    someone = stranger("portal", **options)
    if not account:
        register(someone, STARTER, stack.state / "mail", tax_number="05678901")
        account["state"] = someone.page.context.storage_state()
    someone.go("/")
    return someone


def start(someone, **answers):
    """Start an application, and save these answers about the job; its address."""
    someone.go("/")
    someone.press("Start an application")
    address = someone.path
    if answers:
        someone.go(f"{address}terms/")
        someone.send(answers, press="Save and return to the list")
    return address


def delete(someone, address):
    someone.go(address)
    someone.follow("Delete the draft")
    someone.reads("You can undo this for a day")
    someone.press("Delete the draft")
    someone.reads("This draft has been deleted")


def test_starting_keeps_nothing_and_the_first_save_makes_the_draft(starter):
    address = start(starter)
    starter.reads("Nothing is kept before you save")
    starter.follow("Job and pay")
    starter.press("Save and return to the list")
    starter.go("/applications/")
    starter.reads("No applications yet")
    starter.go(f"{address}terms/")
    starter.send({"job_title": "Mason"}, press="Save and return to the list")
    assert starter.path == address
    assert not starter.says("Nothing is kept before you save")
    starter.go("/")
    starter.reads(STARTED)
    delete(starter, address)


def test_a_draft_is_deleted_brought_back_and_deleted(starter):
    address = start(starter, job_title="Carpenter")
    delete(starter, address)
    starter.go("/")
    assert not starter.says(STARTED)
    starter.go("/applications/")
    starter.reads("Deleted drafts")
    starter.page.locator(f"a[href='{address}restore/']").click()
    starter.press("Undo: bring it back")
    starter.reads("The draft is back, as it was.")
    starter.go(f"{address}terms/")
    expect(starter.page.locator("[name=job_title]")).to_have_value("Carpenter")
    delete(starter, address)
    starter.go(address)
    starter.reads("This draft has been deleted")


def test_a_double_click_deletes_once_and_says_so(starter):
    address = start(starter, job_title="Carpenter")
    starter.go(f"{address}delete/")
    starter.page.get_by_role("button", name="Delete the draft").dblclick()
    expect(starter.page.locator("h1")).to_have_text("This draft has been deleted")
    starter.press("Undo: bring it back")
    starter.reads("The draft is back")
    delete(starter, address)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_what_is_typed_while_another_tab_deletes_the_draft_is_saved_when_it_is_brought_back(
    starter, stranger, account, scripts
):
    address = start(starter, job_title="Carpenter")
    options = {"storage_state": account["state"], "java_script_enabled": scripts, "looking": scripts}
    typist = stranger("portal", **options)
    typist.go(f"{address}terms/")
    typist.fill({"job_title": "Carpenter of <boats>", "weekly_hours": "many"})
    delete(starter, address)
    typist.press("Save and continue")
    typist.reads("This draft has been deleted", "what you sent has not been saved")
    typist.press("Bring it back and save what I typed")
    expect(typist.page.locator("[name=job_title]")).to_have_value("Carpenter of <boats>")
    expect(typist.page.locator("[name=weekly_hours]")).to_have_value("many")
    expect(typist.page.locator(".errsum")).to_be_visible()
    starter.go(f"{address}terms/")
    expect(starter.page.locator("[name=job_title]")).to_have_value("Carpenter of <boats>")
    delete(starter, address)


def test_what_was_typed_when_the_connection_was_lost_is_still_there_when_it_is_back(starter):
    address = start(starter, job_title="Carpenter")
    page = starter.page
    starter.go(f"{address}terms/")
    starter.fill({"job_title": "Carpenter of boats"})
    page.context.set_offline(True)
    with page.expect_event("requestfailed"):
        page.get_by_role("button", name="Save and continue").last.click()
    page.wait_for_url(re.compile("chrome-error"))
    page.context.set_offline(False)
    starter.complaints.clear()  # the browser's own words about the lost connection
    starter.go("/")  # the browser has put its own page in the place of the form
    starter.go(f"{address}housing/")
    starter.go(f"{address}terms/")
    expect(page.locator("#kept")).to_be_visible()
    expect(page.locator("[name=job_title]")).to_have_value("Carpenter of boats")
    starter.press("Save and return to the list")
    starter.go(f"{address}terms/")
    expect(page.locator("[name=job_title]")).to_have_value("Carpenter of boats")
    expect(page.locator("#kept")).to_be_hidden()
    delete(starter, address)
