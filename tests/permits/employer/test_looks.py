"""The pages of the portal in a real browser, in each language, at the widths of a phone and a desk, and on paper."""

import re
from collections.abc import Iterator
from typing import Any

import pypdfium2 as pdfium
import pytest

from permits.models import Application, Permit
from permits.states import State
from tests.factories import permits as make
from tests.journeys.looks import page_fits
from tests.permits.employer.test_browser import Portal, portal_site  # noqa: F401 - a fixture

pytestmark = pytest.mark.browser

LANGUAGES = ("hy", "en", "ru")
LONG: Any = {
    "worker": {
        "given_names": "Anantharamakrishnan Venkatasubramanian",
        "surname": "Tantirimudalige-Wijewardena",
    },
    "terms": {"job_title": "Metal structure assembler and welder of the highest category, night shift"},
}
COMPANY: Any = {
    "name_en": "Transcaucasian Hydroelectric Construction and Installation Company of the Republic of Armenia",
    "name_hy": "Անդրկովկասյան հիդրոէլեկտրաշինարարական և մոնտաժային ընկերություն սահմանափակ պատասխանատվությամբ",
}
HEADER_OF_A_PHONE = 110
LONGEST = {False: 4400, True: 3300}
"""Whether answers are missing, each of which is a line -> the height of the page of the answers at 360 px."""
HEADER = "document.querySelector('.top').getBoundingClientRect().height"
STARTS = """[...document.querySelectorAll('.rows li')].map(
    (row) => [...row.children].map((cell) => Math.round(cell.getBoundingClientRect().left)))"""
ROWS = """() => new Set([...document.querySelectorAll('.top .brand, .top nav li, .top .langs, .top .who')].filter(
    (part) => part.getClientRects().length).map((part) => { const box = part.getBoundingClientRect();
        return Math.round((box.top + box.bottom) / 2 / 12); })).size"""
ON_SCREEN = """(part) => { const box = part.getBoundingClientRect();
    return box.width > 0 && box.left >= 0 && box.right <= document.documentElement.clientWidth; }"""


@pytest.fixture
def someone(portal_site: Portal) -> Any:  # noqa: F811
    """An employer with a long name, a company with a longer one, and an application in every state."""
    by = make.a_user(name="Konstantin Aleksandrovich Ter-Hovhannisyan-Melikjanyan")
    company = make.an_employer(by, **COMPANY)
    make.a_draft(company, by)
    make.a_complete_application(company, by)
    make.a_question(make.a_submitted_application(company, by, **LONG))
    make.a_permit(make.a_submitted_application(company, by, **LONG))
    make.a_refusal(make.a_submitted_application(company, by))
    make.a_submitted_application(company, by, **LONG)
    return portal_site, by


def pages(someone: Any, language: str, width: int) -> Iterator[Any]:
    """Every page of the employer, then those of a visitor, opened in this language at this width."""
    portal, by = someone
    drafts = Application.objects.filter(created_by=by, state=State.DRAFT)
    own = [
        f"/applications/{pk}/"
        for pk in Application.objects.filter(created_by=by).values_list("pk", flat=True)
    ]
    own += [f"/applications/{draft.pk}/check/" for draft in drafts]
    own += ["/", "/applications/", "/applications/start/", "/companies/", "/accounts/email/"]
    number = Permit.objects.values_list("number", flat=True)[0]
    public = [
        "/",
        "/help/",
        "/check/",
        f"/check/{number}",
        "/check/P-0",
        "/accounts/login/",
        "/accounts/signup/",
    ]
    visitor = portal.chromium.new_context(viewport={"width": width, "height": 800}).new_page()
    for page, addresses in ((portal.page(by, width), own), (visitor, public)):
        page.context.add_cookies([{"name": "wp_language", "value": language, "url": portal.address}])
        for address in addresses:
            answer = page.goto(portal.address + address)
            assert answer.status in (200, 404), address
            yield page
        page.context.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_scrolls_sideways_and_the_header_is_low(someone: Any, language: str) -> None:
    for page in pages(someone, language, 360):
        page_fits(page)
        assert page.evaluate(HEADER) <= HEADER_OF_A_PHONE, page.url
        outside = [
            tag.inner_text()
            for tag in page.locator(".rows .tag, .fit .tag").all()
            if not tag.evaluate(ON_SCREEN)
        ]
        assert outside == [], page.url
        if page.url.endswith("/check/") and "/applications/" in page.url:
            height = page.evaluate("document.documentElement.scrollHeight")
            assert height < LONGEST[page.locator(".note.warn ul").count() > 0], page.url


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_header_is_one_row_and_a_print_two_pages(someone: Any, language: str) -> None:
    for page in pages(someone, language, 1280):
        page_fits(page)
        assert page.evaluate(ROWS) == 1, page.url
        if re.search("/applications/[0-9a-f-]{36}/|/check/", page.url):
            assert len(pdfium.PdfDocument(page.pdf(format="A4"))) <= 2, page.url


def test_the_rows_of_the_first_page_stand_in_columns(someone: Any) -> None:
    portal, by = someone
    page = portal.page(by)
    page.goto(portal.address + "/")
    starts = page.evaluate(STARTS)
    assert len(starts) >= 4
    assert {len(row) for row in starts} <= {2, 3}
    assert len({row[0] for row in starts}) == 1
    assert len({row[-1] for row in starts}) == 1
    assert len({row[1] for row in starts if len(row) == 3}) == 1
