"""What was typed and not saved survives the language switch, a link away and Back; questions come when they apply."""

import pytest
from playwright.sync_api import expect

from tests.journeys.looks import page_fits, page_is_accessible
from tests.journeys.steps.filing import register
from tests.permits.employer.parts.test_passport_lines import lines
from tests.smoke.people import Person

pytestmark = pytest.mark.browser

WRITER = Person("Gohar Melkonyan", "employer", "portal", account=False, second_factor=False)
WIDTHS = (360, 1280)


@pytest.fixture(scope="module")
def account():
    """The browser state of an employer with a draft, and the address of the draft; made by the first test."""
    return {}


@pytest.fixture
def writer(stranger, stack, account):
    """An employer in front of the task list of a draft."""
    options = {"storage_state": account["state"]} if account else {}
    someone = stranger("portal", looking=False, **options)
    if not account:
        register(someone, WRITER, stack.state / "mail", tax_number="04567890")
        someone.press("Start an application")
        account |= {"state": someone.page.context.storage_state(), "draft": someone.path}
    someone.draft = account["draft"]
    someone.go(someone.draft)
    return someone


def test_switching_the_language_keeps_what_is_typed(writer):
    writer.go(f"{writer.draft}terms/")
    page = writer.page
    page.locator("[name=job_title]").fill("Mason of stone walls")
    page.locator("[name=weekly_hours]").fill("many")  # not even right
    page.locator("[name=province]").select_option("AM-LO")
    page.locator("header [name=language][value=hy]").click()
    expect(page.locator("html")).to_have_attribute("lang", "hy")
    expect(page.locator("[name=job_title]")).to_have_value("Mason of stone walls")
    expect(page.locator("[name=weekly_hours]")).to_have_value("many")
    expect(page.locator("[name=province]")).to_have_value("AM-LO")
    expect(page.locator("#kept")).to_be_visible()
    page.locator("header [name=language][value=en]").click()
    expect(page.locator("[name=job_title]")).to_have_value("Mason of stone walls")


def test_a_link_away_and_back_keeps_it_and_sending_forgets_it(writer):
    writer.go(f"{writer.draft}housing/")
    page = writer.page
    page.locator("[name=provider][value=employer]").check()
    page.locator("[name=address]").fill("9 Arin-Berd Street")
    writer.follow("Back")
    page.go_back()
    expect(page.locator("[name=address]")).to_have_value("9 Arin-Berd Street")
    page.locator("[name=province]").select_option("AM-ER")
    writer.press("Save and return to the list")
    writer.go(f"{writer.draft}housing/")
    expect(page.locator("[name=address]")).to_have_value("9 Arin-Berd Street")
    expect(page.locator("#kept")).to_be_hidden()


def test_going_back_after_an_error_asks_nothing(writer):
    writer.go(f"{writer.draft}terms/")
    page = writer.page
    writer.send({"weekly_hours": "many"}, press="Save and continue")
    expect(page.locator(".errsum")).to_be_visible()
    writer.go(writer.draft)
    page.go_back()
    expect(page.locator("h1")).to_have_text("Job and pay")


def test_the_passport_lines_are_read_at_an_address_that_can_be_opened_again(writer):
    writer.go(f"{writer.draft}worker/")
    page = writer.page
    writer.send({"mrz": "nothing"}, press="Read the passport lines")
    assert writer.path == f"{writer.draft}worker/"
    page.locator("header [name=language][value=ru]").click()
    expect(page.locator("html")).to_have_attribute("lang", "ru")
    page.locator("header [name=language][value=en]").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_questions_appear_when_they_apply(writer):
    writer.go(f"{writer.draft}recruitment/")
    page = writer.page
    expect(page.locator("[name=recruiter_name]")).to_be_hidden()
    page.locator("[name=used_recruiter][value=yes]").check()
    expect(page.locator("[name=recruiter_name]")).to_be_visible()
    page.locator("[name=used_recruiter][value=no]").check()
    expect(page.locator("[name=recruiter_name]")).to_be_hidden()
    assert "(optional)" not in page.locator("main").inner_text()


def test_notices_and_missing_answers_fit_and_are_accessible(writer):
    writer.go(f"{writer.draft}terms/")
    page = writer.page
    writer.send({"gross_wage": "1000", "weekly_hours": "90", "days_per_week": "7"}, press="Save and continue")
    expect(page.locator("#id_weekly_hours_remark")).to_be_visible()
    writer.go(f"{writer.draft}check/")
    page.get_by_role("link", name="Enter the job title").click()
    expect(page.locator("#id_job_title_remark")).to_be_visible()
    expect(page.locator("#id_job_title")).to_be_in_viewport()
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        page_is_accessible(page)
        page_fits(page)


TWO_NAMES, ONLY_NAME = lines("SHARMA<<RAJESH", country="IND"), lines("<SUHARTO", birth="85<<<<")


@pytest.mark.parametrize("language", ["hy", "ru", "en"])
def test_a_second_passport_replaces_the_first_and_enter_saves_what_was_corrected(writer, language):
    writer.go(f"{writer.draft}worker/")
    page = writer.page
    if language != "en":  # the language of the page so far is no button
        page.locator(f"header [name=language][value={language}]").click()
    expect(page.locator("html")).to_have_attribute("lang", language)
    for copied in (TWO_NAMES, " ".join(ONLY_NAME.split()).lower().replace("<", "‹")):
        page.locator("[name=mrz]").fill(copied)
        page.locator("[name=read]").click()
        page.wait_for_load_state()
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.locator("[name=mrz]")).to_have_value(ONLY_NAME)
    expect(page.locator("[name=surname]")).to_have_value("SUHARTO")
    expect(page.locator("[name=given_names]")).to_have_value("")
    expect(page.locator("[name=one_name]")).to_be_checked()
    expect(page.locator("[name=birth_date_year]")).to_have_value("1985")
    expect(page.locator("[name=birth_date_day]")).to_have_value("")
    expect(page.locator("[name=birth_date_partial]")).to_be_checked()
    expect(page.locator("[name=nationality]")).to_have_value("IDN")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        page_fits(page)
        page_is_accessible(page)
    page.locator("[name=surname]").fill("Soeharto")
    page.locator("[name=surname]").press("Enter")
    page.wait_for_url("**/terms/**")
    writer.go(f"{writer.draft}worker/?hl=en")
    expect(page.locator("[name=surname]")).to_have_value("Soeharto")
    expect(page.locator("[name=birth_date_partial]")).to_be_checked()
