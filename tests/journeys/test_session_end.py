"""The end of a session in a real browser: announced in time, in every tab, by keyboard; unsent input is kept."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.accounts import CLERK, LATE, NEIGHBOUR
from tests.journeys.looks import page_fits, page_is_accessible
from tests.smoke.people import PASSWORD
from tests.smoke.totp import fresh_code

pytestmark = pytest.mark.browser

FORM = "/companies/register/"
NAME = "[name=name_en]"
STAY = "Stay signed in"


def sit_down(person, who=CLERK, path=FORM, **options):
    """Somebody in front of a page, with a clock that the test moves; the server's own clock goes on as it is."""
    someone = person(who, looking=False, **options)
    someone.page.clock.install()
    someone.go(path)
    return someone


def pass_time(page: Page, minutes: float) -> None:
    page.clock.fast_forward(int(minutes * 60_000))
    page.clock.run_for(1500)


def end_on_the_server(page: Page) -> None:
    """The session is over: its cookie names nothing any more."""
    page.context.clear_cookies(name="wp_portal")


def sign_in_there(page: Page, who=CLERK) -> None:
    page.locator("[name=login]").fill(who.email)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main button[type=submit]").first.click()


def test_five_minutes_before_the_end_of_an_employers_session_a_notice_comes_and_takes_no_focus(person):
    clerk = sit_down(person)
    page = clerk.page
    page.locator(NAME).press_sequentially("Sev")
    pass_time(page, 24.9)
    expect(page.locator(".leaving")).to_be_hidden()
    pass_time(page, 0.2)
    expect(page.locator(".leaving")).to_be_visible()
    end = page.evaluate("new Date(Number(localStorage['wpi-session-ends'])).toTimeString().slice(0, 5)")
    expect(page.locator(".leaving p").first).to_have_text(f"You will be signed out at {end}.")
    expect(page.locator("#session [role=status]")).to_contain_text(f"signed out at {end}")
    page.keyboard.type("an")
    expect(page.locator(NAME)).to_have_value("Sevan")
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        page_is_accessible(page)
        page_fits(page)


def test_the_notice_never_covers_the_field_that_somebody_is_in(person):
    page = sit_down(person, viewport={"width": 360, "height": 500}).page
    page.locator("[name=address]").focus()
    page.evaluate("scrollBy(0, document.activeElement.getBoundingClientRect().bottom - innerHeight + 4)")
    pass_time(page, 28.5)
    expect(page.locator(".leaving")).to_be_visible()
    field, notice = (page.locator(it).bounding_box() for it in ("[name=address]", ".leaving"))
    assert field["y"] + field["height"] <= notice["y"]


def test_the_notice_is_reached_by_the_next_tab_and_gives_the_focus_back(person):
    page = sit_down(person).page
    page.locator(NAME).press_sequentially("Sevan")
    pass_time(page, 28.5)
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name=STAY)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".leaving")).to_be_hidden()
    expect(page.locator(NAME)).to_be_focused()
    expect(page.locator(NAME)).to_have_value("Sevan")
    pass_time(page, 24)
    expect(page.locator(".leaving")).to_be_hidden()
    expect(page.locator("dialog.over")).to_be_hidden()
    page.locator("main button[type=submit]").click()
    expect(page.get_by_text("There is a problem")).to_be_visible()
    expect(page.locator(NAME)).to_have_value("Sevan")


def test_a_session_whose_whole_time_is_over_says_that_it_cannot_be_made_longer(person):
    page = sit_down(person).page
    pass_time(page, 28.5)
    page.route(
        "**/session/", lambda asked: asked.fulfill(json={"seconds": 60, "token": "x"})
    )  # 12 hours later
    page.get_by_role("button", name=STAY).click()
    expect(page.locator(".leaving .last")).to_be_visible()
    end = page.evaluate("new Date(Number(localStorage['wpi-session-ends'])).toTimeString().slice(0, 5)")
    expect(page.locator(".leaving time")).to_have_text(end)
    page_is_accessible(page)


def test_what_one_tab_does_all_tabs_know(person):
    clerk = sit_down(person)
    other = clerk.page.context.new_page()
    other.goto(clerk.base + "/help/")
    for page in (clerk.page, other):
        pass_time(page, 0)
    clerk.page.clock.fast_forward(28 * 60_000 + 30_000)
    for page in (clerk.page, other):
        page.clock.run_for(1500)
        expect(page.locator(".leaving")).to_be_visible()
    clerk.page.get_by_role("button", name=STAY).click()
    for page in (clerk.page, other):
        page.clock.run_for(1500)
        expect(page.locator(".leaving")).to_be_hidden()
    clerk.page.clock.fast_forward(28 * 60_000 + 30_000)
    other.reload()
    other.wait_for_load_state()
    clerk.page.clock.run_for(1500)
    expect(clerk.page.locator(".leaving")).to_be_hidden()
    other.close()


def test_a_late_click_leads_to_sign_in_and_back_to_the_same_page(person):
    page = sit_down(person, path="/help/?from=list").page
    pass_time(page, 28.5)
    end_on_the_server(page)
    page.get_by_role("button", name=STAY).click()
    expect(page.get_by_role("heading", name="You were signed out")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.locator("dialog.over")).to_be_visible()
    page_is_accessible(page)
    page.get_by_role("link", name="Sign in again").click()
    sign_in_there(page)
    page.wait_for_url("**/help/?from=list")


def test_what_was_typed_stays_in_the_page_until_somebody_signs_in_again_and_is_then_sent(person):
    page = sit_down(person).page
    page.locator(NAME).fill("Sevan LLC")
    pass_time(page, 31)
    expect(page.get_by_text("What you typed is still here")).to_be_visible()
    end_on_the_server(page)
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Sign in again").click()
    sign_in_there(opened.value)
    expect(opened.value.get_by_role("heading", name="You are signed in again")).to_be_visible()
    page_is_accessible(opened.value)
    page.clock.run_for(1500)
    expect(page.locator("dialog.over")).to_be_hidden()
    expect(page.locator(NAME)).to_have_value("Sevan LLC")
    page.locator("main button[type=submit]").click()
    expect(page.get_by_text("There is a problem")).to_be_visible()
    expect(page.locator(NAME)).to_have_value("Sevan LLC")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_what_is_sent_too_late_is_kept_in_the_page_and_sent_again(person, scripts):
    clerk = person(CLERK, looking=False, java_script_enabled=scripts)
    clerk.go(FORM)
    page = clerk.page
    page.locator(NAME).fill("Sevan LLC")
    end_on_the_server(page)
    page.locator("main button[type=submit]").click()
    expect(page.get_by_role("heading", name="You were signed out")).to_be_visible()
    if scripts:
        page_is_accessible(page)
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Sign in again in a new tab").click()
    sign_in_there(opened.value)
    expect(opened.value.get_by_role("heading", name="You are signed in again")).to_be_visible()
    if scripts:
        expect(page.get_by_text("You are signed in again. You can send it now.")).to_be_visible()
    page.get_by_role("button", name="Send what I typed").click()
    if not scripts:  # the page could not fetch the token of now: it asks once more, nothing is lost
        expect(page.get_by_role("heading", name="Send it once more")).to_be_visible()
        page.get_by_role("button", name="Send what I typed").click()
    expect(page.get_by_text("There is a problem")).to_be_visible()
    expect(page.locator(NAME)).to_have_value("Sevan LLC")


def test_whoever_signs_in_next_on_a_shared_computer_finds_nothing_of_what_was_typed(person):
    page = sit_down(person).page
    page.locator(NAME).fill("Sevan LLC")
    pass_time(page, 31)
    end_on_the_server(page)
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Sign in again").click()
    sign_in_there(opened.value, NEIGHBOUR)
    expect(opened.value.get_by_role("heading", name="You are signed in again")).to_be_visible()
    page.clock.run_for(1500)
    expect(page.get_by_text(NEIGHBOUR.name)).to_be_visible()
    assert "Sevan" not in page.content()
    assert "Sevan" not in page.evaluate("JSON.stringify(sessionStorage)"), "nor where unsent answers are kept"


def test_whoever_signs_in_next_cannot_send_what_somebody_else_typed(person):
    clerk = person(CLERK, looking=False)
    clerk.go(FORM)
    page = clerk.page
    page.locator(NAME).fill("Sevan LLC")
    end_on_the_server(page)
    page.locator("main button[type=submit]").click()
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Sign in again in a new tab").click()
    sign_in_there(opened.value, NEIGHBOUR)
    expect(opened.value.get_by_role("heading", name="You are signed in again")).to_be_visible()
    expect(page.get_by_text(NEIGHBOUR.name)).to_be_visible()
    assert "Sevan" not in page.content()


def test_signing_out_covers_the_other_tabs(stranger, keys):
    clerk = stranger("portal", looking=False)
    clerk.sign_in(CLERK)
    other = clerk.page.context.new_page()
    other.goto(clerk.base + "/")
    other.get_by_role("button", name="Sign out").click()
    expect(clerk.page.get_by_role("heading", name="You were signed out")).to_be_visible()


def test_an_officer_who_is_away_finds_the_page_covered(stranger, keys):
    officer = stranger("office", looking=False)
    page = officer.page
    page.clock.install()
    officer.go("/accounts/login/?next=/session/signed-in/")
    officer.send({"login": LATE.email, "password": PASSWORD}, press="Sign in")
    officer.send({"code": fresh_code(keys[LATE.email])}, press="Sign in")
    officer.reads("You are signed in again")
    officer.go("/")
    pass_time(page, 12.5)
    expect(page.locator(".leaving")).to_be_hidden()
    pass_time(page, 1)
    expect(page.locator(".leaving")).to_be_visible()
    page_is_accessible(page)
    pass_time(page, 2)
    expect(page.get_by_role("heading", name="You were signed out")).to_be_visible()
    cover = "getComputedStyle(document.querySelector('dialog.over'), '::backdrop').backgroundColor"
    assert page.evaluate(cover) == "rgb(248, 245, 241)", "nothing shows through"
    page_is_accessible(page)
