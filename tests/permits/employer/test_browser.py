"""The page of the job in a real browser: suggestions while typing, radio buttons without scripts, on phone and desk."""

import re
import threading
from collections.abc import Iterator
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, connections
from django.db.backends.signals import connection_created
from playwright.sync_api import expect

from permits.models import Application, EmploymentTerms
from tests.conftest import SurfaceClient, standing_on
from tests.factories import permits as make
from tests.journeys.chromium import open_chromium
from tests.journeys.looks import WIDTHS, page_fits, page_is_accessible
from wpis.surfaces import ROLES

pytestmark = pytest.mark.browser


class Quiet(WSGIRequestHandler):
    def log_message(self, *args: Any) -> None:
        """Say nothing."""


class Portal:
    """A portal served from a thread."""

    def __init__(self, address: str, chromium: Any) -> None:
        self.address, self.chromium = address, chromium

    def page(self, user: Any, width: int = 1280, **options: Any) -> Any:
        """A page of somebody who is signed in."""
        options = {"locale": "en-GB", "viewport": {"width": width, "height": 800}, **options}
        context = self.chromium.new_context(**options)
        cookie = SurfaceClient("portal").sign_in(user).cookies["wp_portal"].value
        context.add_cookies([{"name": "wp_portal", "value": cookie, "url": self.address}])
        context.set_default_timeout(20_000)
        return context.new_page()


def _as_the_portal(connection: Any, **kwargs: Any) -> None:
    if threading.current_thread() is not threading.main_thread():
        with connection.cursor() as cursor:
            cursor.execute(f"SET ROLE {ROLES['portal']}")


@pytest.fixture
def portal_site(committed: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Portal]:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright's loop runs in this thread
    connection_created.connect(_as_the_portal)
    with standing_on("portal"), open_chromium() as chromium:
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")  # this thread prepares the drafts as everybody else
        server = make_server("127.0.0.1", 0, WSGIHandler(), handler_class=Quiet)

        def serve() -> None:
            server.serve_forever()
            connections.close_all()

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield Portal(f"http://127.0.0.1:{server.server_port}", chromium)
        server.shutdown()
        thread.join(10)
        server.server_close()
    connection_created.disconnect(_as_the_portal)


@pytest.fixture
def draft(committed: None) -> Application:
    by = make.a_user()
    return make.a_draft(make.an_employer(by), by)


def stored(draft: Application) -> str:
    return str(EmploymentTerms.objects.get(pk=draft.pk).occupation)


def test_what_is_typed_is_suggested_by_request_and_taken(portal_site: Portal, draft: Application) -> None:
    page = portal_site.page(draft.created_by)
    page.goto(f"{portal_site.address}/applications/{draft.pk}/terms/?hl=ru")
    box = page.locator("#id_occupation")
    box.press_sequentially("таксист", delay=30)
    option = page.locator("#id_occupation_list option").first
    expect(option).to_have_attribute("value", re.compile(r"таксист: Водители .* \(8322\)"))
    box.fill(option.get_attribute("value"))
    page.locator("main form .actions button[type=submit]").first.click()
    page.wait_for_url(re.compile("/terms/contract/"))
    assert stored(draft) == "8322"


@pytest.mark.parametrize("language", ["en", "hy", "ru"])
def test_what_may_mean_several_is_chosen_by_keyboard_without_scripts(
    portal_site: Portal, draft: Application, language: str
) -> None:
    page = portal_site.page(draft.created_by, java_script_enabled=False)
    page.goto(f"{portal_site.address}/applications/{draft.pk}/terms/?hl={language}")
    page.locator("#id_occupation").fill("driver")
    page.locator("#id_occupation").press("Enter")
    page.locator("#id_occupation_0").focus()
    page.keyboard.press("Space")
    chosen = page.locator("#id_occupation_0").get_attribute("value")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/terms/contract/"))
    assert stored(draft) == chosen


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", ["en", "hy", "ru"])
def test_what_is_offered_and_refused_fits_the_screen_and_breaks_no_rule(
    portal_site: Portal, draft: Application, width: int, language: str
) -> None:
    page = portal_site.page(draft.created_by, width)
    page.goto(f"{portal_site.address}/applications/{draft.pk}/terms/?hl={language}")
    page.locator("#id_occupation").fill("driver")
    page.locator("#id_workplace").fill("中国路桥 site 3")
    page.locator("main form .actions button[type=submit]").first.click()
    expect(page.locator(".offers")).to_be_visible()
    expect(page.locator("main")).to_contain_text("中国路桥")
    page_is_accessible(page)
    page_fits(page)
    page.goto(f"{portal_site.address}/applications/?q=WP-0000000000001&hl={language}")
    page_is_accessible(page)
    page_fits(page)
