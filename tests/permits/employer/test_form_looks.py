"""The pages of the form in a real browser: long names, folded answers, progress, no rule of axe broken."""

import re
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from permits.document_kinds import DocumentKind
from permits.models import Application
from tests.factories import permits as make
from tests.journeys.looks import WIDTHS, page_fits, page_is_accessible
from tests.permits.employer.test_browser import Portal, portal_site  # noqa: F401 - a fixture
from wpis.documents.models import Upload

pytestmark = pytest.mark.browser

NAMES = (
    "contract_signed_by_both_parties_with_all_annexes_and_the_translation_final_version_2026_11_28.pdf",
    "Աշխատանքայինպայմանագիրստորագրվածերկուկողմերիկողմիցհավելվածներովհանդերձվերջնականտարբերակ.pdf",
    "Трудовойдоговорподписанныйобеимисторонамисовсемиприложениямиокончательныйвариант.pdf",
)
PAGES = ("worker/", "terms/", "terms/contract/", "documents/", "check/")
FOLDED = 2500
"""Pixels of the page of the answers at 360 px when nothing is wrong."""


@pytest.fixture
def draft(committed: None) -> Application:
    """Nothing is missing; of three more files one waits, one is checked and one is refused, all with long names."""
    by = make.a_user()
    application = make.a_complete_application(make.an_employer(by), by)
    for name in NAMES[:2]:
        document = make.attach(application, DocumentKind.HOUSING, by=by, at=timezone.now())
        Upload.objects.filter(pk=document.upload_id).update(name=name)
    document = make.attach(application, DocumentKind.OTHER, by=by, at=timezone.now(), checked=False)
    Upload.objects.filter(pk=document.upload_id).update(name=NAMES[2])
    return Application.objects.get(pk=application.pk)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", ["hy", "en", "ru"])
def test_every_page_of_the_form_fits_and_breaks_no_rule(
    portal_site: Portal,  # noqa: F811
    draft: Application,
    language: str,
    width: int,
) -> None:
    page = portal_site.page(draft.created_by, width)
    for address in PAGES:
        page.goto(f"{portal_site.address}/applications/{draft.pk}/{address}?hl={language}")
        page.wait_for_load_state("networkidle")
        page.evaluate(
            "document.querySelectorAll('details:not(.fold)').forEach((each) => { each.open = true; })"
        )
        page_fits(page)
        page_is_accessible(page)
    height = page.evaluate("document.documentElement.scrollHeight")
    print(f"\ncheck {language} {width}: {height} px")
    assert width > 360 or height <= FOLDED


def test_a_print_of_the_answers_shows_what_is_folded(portal_site: Portal, draft: Application) -> None:  # noqa: F811
    page = portal_site.page(draft.created_by)
    page.goto(f"{portal_site.address}/applications/{draft.pk}/check/?hl=en")
    fold = page.locator(".fold .kv").first
    expect(fold).not_to_be_visible()
    page.emulate_media(media="print")
    assert fold.evaluate("(part) => part.checkVisibility({contentVisibilityAuto: true})")
    assert fold.bounding_box()["height"] > 40


@pytest.mark.parametrize("scripts", [True, False])
def test_files_are_sent_with_and_without_scripts_and_a_refused_one_is_said_at_its_box(
    portal_site: Portal,  # noqa: F811
    committed: None,
    scripts: bool,
) -> None:
    by = make.a_user()
    draft = make.a_draft(make.an_employer(by), by)
    page = portal_site.page(by, 360, java_script_enabled=scripts)
    page.goto(f"{portal_site.address}/applications/{draft.pk}/documents/?hl=en")
    good: Any = {"name": "passport.pdf", "mimeType": "application/pdf", "buffer": make.a_file().read()}
    bad: Any = {"name": "contract.pdf", "mimeType": "application/pdf", "buffer": b"no PDF"}
    page.set_input_files("[name=file_passport]", files=[good])
    page.set_input_files("[name=file_contract]", files=[bad])
    page.locator("main .actions button").first.click()
    expect(page.locator(".errsum a")).to_have_attribute("href", "#id_file_contract")
    expect(page.locator(".errsum")).to_be_focused()
    expect(page.locator("#passport .tag")).to_contain_text("Being checked")
    page.set_input_files("[name=file_contract]", files=[good])
    page.locator("main .actions button").first.click()
    page.wait_for_url(re.compile("/check/"))
    assert draft.documents.count() == 2
