"""The shared look in a real browser: no rule of axe broken, nothing wider than a phone, keys, language."""

import threading
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.test import override_settings
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

NAMES = ("question", "tasks", "queue", "case", "restricted")


class Quiet(WSGIRequestHandler):
    def log_message(self, *args):
        """Say nothing."""


@pytest.fixture(scope="module")
def site():
    languages = [*settings.LANGUAGES, ("fa", "فارسی")]  # one script from the right, though not yet offered
    with override_settings(
        ROOT_URLCONF="tests.ui.samples",
        LANGUAGES=languages,
        STATICFILES_DIRS=settings.WPIS_STATIC["protection"],  # the bundle that holds everything
    ):
        server = make_server("127.0.0.1", 0, WSGIHandler(), handler_class=Quiet)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        server.server_close()


@pytest.fixture
def open_page(chromium, site):
    contexts = []

    def opening(address, width=1280, **options):
        context = chromium.new_context(viewport={"width": width, "height": 800}, locale="en-GB", **options)
        contexts.append(context)
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda line: page.complaints.append(line.text) if line.type == "error" else None)
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.goto(site + address)
        return page

    yield opening
    for context in contexts:
        context.close()


@pytest.mark.parametrize(("width", "language"), [(1280, "en"), (360, "hy"), (360, "fa")])
@pytest.mark.parametrize("name", NAMES)
def test_a_page_breaks_no_rule_and_is_never_wider_than_the_screen(open_page, name, width, language):
    page = open_page(f"/{name}/?hl={language}", width)
    broken = {
        rule["id"]: [node["html"] for node in rule["nodes"]]
        for rule in Axe().run(page).response["violations"]
    }
    assert broken == {}
    root = "document.documentElement"
    assert page.evaluate(f"{root}.scrollWidth - {root}.clientWidth") == 0
    assert page.evaluate(f"{root}.dir") == ("rtl" if language == "fa" else "ltr")
    assert page.complaints == [], "the content security policy or a script complained"


def test_the_first_tab_on_a_failed_form_reaches_the_first_problem(open_page):
    page = open_page("/question/?hl=en")
    assert page.title().startswith("Error: ")
    assert page.evaluate("document.activeElement.className") == "errsum"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.hash") == "#id_family"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "id_family"


def test_the_summary_takes_the_focus_without_scripts_too(open_page):
    page = open_page("/question/?hl=en", java_script_enabled=False)
    expect(page.locator("[autofocus]")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.locator(":focus").get_attribute("href") == "#id_family"


def test_our_own_forms_pass_the_forgery_check_of_a_real_browser(open_page):
    page = open_page("/question/")
    page.fill("#id_family", "SHARMA")
    page.click("text=Save and continue")
    assert page.locator("#id_family").input_value() == "SHARMA"
    assert page.locator("#id_family_error").count() == 0


def test_the_language_is_switched_by_a_plain_form(open_page):
    page = open_page("/tasks/", java_script_enabled=False)
    page.click("button[lang=hy]")
    assert page.url.endswith("/tasks/")
    assert page.locator("html").get_attribute("lang") == "hy"


def test_a_queue_is_walked_with_the_keys(open_page):
    page = open_page("/queue/?hl=en")
    current = "document.querySelector('tr.cur th').innerText"
    assert page.evaluate(current) == "A-2026-004501"
    page.keyboard.press("j")
    assert page.evaluate(current) == "A-2026-004502"
    page.keyboard.press("k")
    page.keyboard.press("x")
    assert page.evaluate("[...document.querySelectorAll('.q :checked')].map((box) => box.value)") == [
        "A-2026-004501"
    ]
    page.keyboard.press("?")
    assert page.locator("dialog#keys").is_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.keyboard.type("jk")
    assert page.locator("#s").input_value() == "jk", "keys are letters inside a box"
    assert page.evaluate(current) == "A-2026-004501"


def test_the_keys_can_be_turned_off(open_page):
    page = open_page("/queue/?hl=en")
    page.keyboard.press("Shift+K")
    page.keyboard.press("j")
    assert page.evaluate("document.querySelector('tr.cur th').innerText") == "A-2026-004501"


def test_restricted_pages_are_not_printed(open_page):
    page = open_page("/restricted/?hl=en")
    page.emulate_media(media="print")
    assert not page.locator("main").is_visible()
    assert page.get_by_text("are not printed").is_visible()


@pytest.mark.parametrize("name", NAMES)
def test_forced_colours_and_still_motion_keep_every_control_visible(open_page, name):
    page = open_page(f"/{name}/?hl=en", forced_colors="active", reduced_motion="reduce")
    assert Axe().run(page).violations_count == 0
    assert page.evaluate("getComputedStyle(document.querySelector('a')).transitionDuration") == "0s"


def test_a_page_loads_only_the_scripts_it_shows(open_page, site):
    page = open_page("/tasks/?hl=en")
    fetched = page.evaluate("performance.getEntriesByType('resource').map((entry) => entry.name)")
    fonts = {name.rsplit("/", 1)[1] for name in fetched if name.endswith(".woff2")}
    assert not any("cyrillic" in name for name in fonts), "the switcher must not fetch every script"
    assert all(name.startswith(site) for name in fetched)
