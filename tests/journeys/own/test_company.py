"""The details of a company in a real browser: changed, with errors at the field, and never over another's change."""

import pytest
from playwright.sync_api import expect

from tests.journeys.looks import HEIGHT, WIDTHS, page_fits, page_is_accessible
from tests.journeys.steps.filing import register
from tests.smoke.people import Person

pytestmark = pytest.mark.browser

OWNER = Person("Artak Danielyan", "employer", "portal", account=False, second_factor=False)
LONG = "Шестьдесят-седьмая-строительно-монтажная-организация"


@pytest.fixture(scope="module")
def account():
    """The browser state of an employer with a company; made by the first test."""
    return {}


@pytest.fixture
def owner(stranger, stack, account):
    """An employer in front of the page of their company."""
    options = {"storage_state": account["state"]} if account else {}
    someone = stranger("portal", **options)
    if not account:
        register(someone, OWNER, stack.state / "mail", tax_number="06789012")
        account["state"] = someone.page.context.storage_state()
    someone.go("/companies/")
    someone.company = someone.path
    return someone


def test_the_details_are_changed_and_the_tax_number_stays(owner):
    owner.follow("Change the details")
    owner.reads("06789012", "The tax number cannot be changed.")
    assert owner.page.locator("[name=tax_number]").count() == 0
    owner.send({"address": "", "nace": "stone"}, press="Save the details")
    owner.reads("There is a problem", "Enter the registered address")
    expect(owner.page.locator("[name=nace]")).to_have_value("stone")
    owner.send({"address": "9 Arin-Berd Street", "nace": "23.70"}, press="Save the details")
    owner.reads("The details are saved.", "9 Arin-Berd Street", "23.70")


def test_a_second_tab_is_told_at_the_field_what_the_first_one_saved(owner):
    second = owner.page.context.new_page()
    second.goto(f"{owner.base}{owner.company}details/")
    owner.go(f"{owner.company}details/")
    owner.send({"address": "1 First Street"}, press="Save the details")
    second.locator("[name=address]").fill("2 Second Street")
    second.get_by_role("button", name="Save the details").click()
    expect(second.locator(".errsum")).to_contain_text("1 First Street")
    expect(second.locator("[name=address]")).to_have_value("2 Second Street")
    second.get_by_role("button", name="Save the details").click()
    expect(second.locator("dl.kv").first).to_contain_text("2 Second Street")
    second.close()


def test_what_is_typed_survives_the_language_switch_and_fits_in_every_language(owner):
    page = owner.page
    owner.go(f"{owner.company}details/")
    owner.fill({"address": LONG})
    for language in ("hy", "ru", "en"):
        page.locator(f"header [name=language][value={language}]").click()
        expect(page.locator("html")).to_have_attribute("lang", language)
        expect(page.locator("[name=address]")).to_have_value(LONG)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": HEIGHT})
            page_is_accessible(page)
            page_fits(page)
