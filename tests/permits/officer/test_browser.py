"""The officer's pages in a real browser: no rule of axe broken, no sideways scroll, keys only, no scripts."""

import threading
from datetime import timedelta
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, connections
from django.db.backends.signals import connection_created
from django.utils import timezone
from playwright.sync_api import sync_playwright

from permits.actions import applications, decisions, review
from permits.models import Application, Check, Outcome, State
from tests.conftest import SurfaceClient, standing_on
from tests.factories import permits as make
from wpis.development.embedded.environment.browser import browser
from wpis.surfaces import ROLES

pytestmark = pytest.mark.browser
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--no-first-run",
]
SCROLLBAR = 17
"""Pixels that a page loses where scroll bars take room."""


class Quiet(WSGIRequestHandler):
    def log_message(self, *args: Any) -> None:
        """Say nothing."""


class Office:
    """An office served from a thread, with one browser context for each person."""

    def __init__(self, address: str, chromium: Any) -> None:
        self.address, self.chromium = address, chromium

    def page(self, user: Any, width: int = 1280, **options: Any) -> Any:
        """A page of somebody who is signed in."""
        context = self.chromium.new_context(
            viewport={"width": width, "height": 800}, locale="en-GB", **options
        )
        cookie = SurfaceClient("office").sign_in(user).cookies["wp_office"].value
        context.add_cookies([{"name": "wp_office", "value": cookie, "url": self.address}])
        context.set_default_timeout(15_000)
        return context.new_page()


def _as_the_office(connection: Any, **kwargs: Any) -> None:
    if threading.current_thread() is not threading.main_thread():
        with connection.cursor() as cursor:
            cursor.execute(f"SET ROLE {ROLES['office']}")


@pytest.fixture
def office_site(committed: None, monkeypatch: pytest.MonkeyPatch) -> Any:
    # Playwright runs an event loop in this thread; Django need not fear it, nothing here is asynchronous.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    connection_created.connect(_as_the_office)
    with standing_on("office"), sync_playwright() as playwright:
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")  # this thread prepares the files as everybody else
        server = make_server("127.0.0.1", 0, WSGIHandler(), handler_class=Quiet)

        def serve() -> None:
            server.serve_forever()
            connections.close_all()

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        chromium = playwright.chromium.launch(executable_path=str(browser()), args=FLAGS)
        yield Office(f"http://127.0.0.1:{server.server_port}", chromium)
        chromium.close()
        server.shutdown()
        thread.join(10)
        server.server_close()
    connection_created.disconnect(_as_the_office)


@pytest.fixture
def people(committed: None) -> tuple[Any, Any, Any]:
    return make.a_user("officer"), make.a_user("officer"), make.a_user("supervisor")


def corrected(officer: Any) -> Application:
    """A file with everything on it: a correction, marks, a limit that is not kept, checks that wait."""
    owner, at = make.a_user(), timezone.now() - timedelta(days=3)
    worker = {"mrz": make.MRZ, "passport_number": "N1234567", "surname": "SHARMMA"}
    file = make.a_submitted_application(
        make.an_employer(owner), owner, at, worker=worker, terms={"weekly_hours": 52}
    )
    review.take(file, by=officer, at=at)
    review.ask(
        file, "Is the wage right?", ["terms"], expected_submission=make.newest(file), by=officer, at=at
    )
    applications.save_part(file, "terms", {"gross_wage": 150_000}, by=owner, at=at)
    return applications.answer(
        file, "It is lower.", expected_question=make.asked(file), by=owner, at=timezone.now()
    )


def test_no_page_breaks_a_rule_or_is_wider_than_the_screen(office_site, people):
    officer, colleague, supervisor = people
    make.a_submitted_application()
    file, at = corrected(officer), timezone.now()
    proposed = review.take(make.a_submitted_application(), by=colleague, at=at)
    ground = decisions.grounds(proposed, "refusal")[0].code
    decisions.propose(
        proposed,
        "refusal",
        ground=ground,
        reason="No signature.",
        expected_submission=make.newest(proposed),
        by=colleague,
        at=at,
    )
    permit = make.a_permit()
    check = Check.objects.get(submission=file.submissions.latest("number"), kind="automatic")
    one, other = f"/files/{file.reference}/", f"/files/{proposed.reference}/"
    visits = {
        officer: [
            *("/", "/?tab=all&province=AM-ER", "/?tab=all&q=nobody", "/?tab=all&due_day=40", "/?tab=decided"),
            *(one, one + "ask/?part=terms", one + "release/", one + "decide/", one + "decide/approval/"),
            *(one + "decide/refusal/", one + "show/worker.phone/", other, other + "confirm/"),
            f"/files/{permit.application.reference}/permit/",
            f"/employers/{file.employer.tax_number}/",
        ],
        supervisor: [one, f"{one}checks/{check.pk}/override/"],
        colleague: [other + "confirm/", one, one + "take-over/", "/?tab=taken_over"],
    }
    broken: list[tuple[object, ...]] = []
    for width in (1280, 360):
        for user, addresses in visits.items():
            page = office_site.page(user, width)
            page.on("pageerror", lambda error, seen=broken: seen.append(str(error)))
            for address in addresses:
                page.goto(office_site.address + address)
                assert page.locator("h1").count() == 1, address
                found = Axe().run(page).response["violations"]
                broken += [(address, width, rule["id"], rule["nodes"][0]["html"]) for rule in found]
                root = "document.documentElement"
                if page.evaluate(f"{root}.scrollWidth > {root}.clientWidth"):
                    broken.append((address, width, "wider than the screen"))
            page.context.close()
    assert broken == []


def test_a_clean_file_goes_from_the_queue_to_a_proposal_in_twelve_keys_without_a_mouse(office_site, people):
    file = make.a_submitted_application()
    make.complete_checks(file)
    page = office_site.page(people[0])
    page.goto(office_site.address + "/")
    pressed = 0
    for key in ("n", "d", "1", "1", "Enter"):
        before = page.url
        page.keyboard.press(key)
        pressed += 1
        if key != "1" or pressed == 3:
            page.wait_for_url(lambda url, before=before: url != before)
    file.refresh_from_db()
    assert file.state == State.APPROVAL_PROPOSED
    assert pressed <= 12


def test_rows_are_walked_and_opened_by_keys(office_site, people):
    make.a_submitted_application(at=timezone.now() - timedelta(days=2))
    second = make.a_submitted_application()
    page = office_site.page(people[0])
    page.goto(office_site.address + "/")
    for key in ("j", "j", "k", "j", "o"):
        page.keyboard.press(key)
    page.wait_for_url(f"**/files/{second.reference}/")


def test_the_whole_work_is_done_without_scripts(office_site, people):
    officer, colleague, _ = people
    file = make.a_submitted_application()
    make.complete_checks(file)
    page = office_site.page(officer, 360, java_script_enabled=False)
    page.goto(office_site.address + "/")
    page.get_by_role("button", name="Take next case").click()
    page.get_by_role("link", name="Ask employer").click()
    page.get_by_role("textbox").fill("Good day.")
    page.get_by_role("button", name="Contract not signed").click()
    assert "Good day.\nThe contract lacks a signature." in page.get_by_role("textbox").input_value()
    page.get_by_role("link", name="Cancel").click()
    page.get_by_role("link", name="Decide", exact=True).click()
    page.get_by_role("link", name="Propose approval").click()
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="Preview the letter").click()
    assert page.get_by_role("heading", name="What the employer will read").is_visible()
    page.get_by_role("button", name="Propose approval").click()
    second = office_site.page(colleague, 360, java_script_enabled=False)
    second.goto(f"{office_site.address}/files/{file.reference}/confirm/")
    second.get_by_role("button", name="Confirm approval").click()
    assert second.get_by_role("link", name="View permit").is_visible()
    file.refresh_from_db()
    assert file.state == State.APPROVED


def test_a_file_is_taken_over_with_keys_alone(office_site, people):
    officer, colleague, _ = people
    file = review.take(make.a_submitted_application(), by=officer, at=timezone.now())
    page = office_site.page(colleague)
    page.goto(f"{office_site.address}/files/{file.reference}/")
    page.keyboard.press("t")
    page.wait_for_url("**/take-over/")
    page.get_by_role("textbox").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.className === 'errsum'")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "id_reason"
    page.keyboard.type("On leave until Monday, this is due today.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/files/{file.reference}/#id_reason")  # a redirect keeps the piece behind the hash
    assert page.get_by_role("status").filter(has_text="is yours now").is_visible()
    file.refresh_from_db()
    assert file.officer == colleague


def test_a_file_is_taken_over_without_scripts_on_a_phone(office_site, people):
    officer, colleague, _ = people
    file = review.take(make.a_submitted_application(), by=officer, at=timezone.now())
    page = office_site.page(colleague, 360, java_script_enabled=False)
    page.goto(f"{office_site.address}/files/{file.reference}/")
    page.get_by_role("link", name="Take over").click()
    page.get_by_role("textbox").fill("On leave.")
    page.get_by_role("button", name="Take over").click()
    assert page.get_by_role("link", name="Decide", exact=True).is_visible()
    former = office_site.page(officer, 360, java_script_enabled=False)
    former.goto(office_site.address + "/")
    former.get_by_role("link", name="Taken from you").click()
    assert former.get_by_role("link", name=file.reference).is_visible()


@pytest.mark.parametrize("language", ["hy", "ru", "en"])
def test_the_table_of_files_fits_beside_the_rail_with_the_longest_words(office_site, people, language):
    away = make.a_user("officer", name="Հովհաննես-Արշակ Տեր-Հովհաննիսյան-Մկրտչյան")
    name = "«Արարատյան Շինարարական Ներդրումային Ընկերություն և Գործընկերներ» ՓԲԸ"
    for step in (None, "taken", "asked", "approval", "refusal"):
        owner = make.a_user()
        employer = make.an_employer(owner, name_hy=name, name_en=name)
        file = make.a_submitted_application(employer, owner, terms={"province": "AM-GR"})
        if step in ("approval", "refusal"):
            make.propose(file, Outcome(step), by=away, reason="No signature.")
        elif step == "asked":
            make.a_question(file, by=away)
        elif step:
            review.take(file, by=away, at=timezone.now())
    page = office_site.page(people[0], 1280 - SCROLLBAR)
    for address in ("/?tab=all", "/"):
        page.goto(f"{office_site.address}{address}")
        if page.locator("html").get_attribute("lang") != language:
            page.locator(f"header button[lang={language}]").click()
        page.wait_for_selector(f"html[lang={language}] table.files .tag")
        table = "document.querySelector('.scroll')"
        assert page.evaluate(f"{table}.scrollWidth - {table}.clientWidth") == 0, address
