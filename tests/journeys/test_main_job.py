"""The main job in a real browser on real workers: file, screen, triage, refer, ask, decide, verify."""

import re
import sys
from datetime import date, timedelta

import pytest
from pypdf import PdfReader

from tests.journeys.steps import programs
from tests.journeys.steps.desks import (
    accept,
    answer,
    ask,
    confirm,
    confirm_alert,
    find_alert,
    propose,
    refer,
    verify_company,
)
from tests.journeys.steps.filing import file, register
from tests.journeys.walker import Walker
from tests.smoke import people

pytestmark = pytest.mark.browser


def fetch(employer: Walker, application: str) -> tuple[str, str]:
    """Download the permit; its number, and what the PDF says."""
    employer.go(application)
    employer.reads("The permit is issued")
    (number,) = re.findall(r"Permit number: (\S+)", employer.page.locator("main").inner_text())
    with employer.page.expect_download() as download:
        employer.page.get_by_role("link", name="Download the permit (PDF)").click()
    pages = PdfReader(download.value.path()).pages
    return str(number), " ".join(page.extract_text() for page in pages)


def test_a_deceived_worker_is_found_and_helped_while_the_application_is_decided(person, stranger, stack):
    employer = stranger("portal")
    register(employer, people.EMPLOYER, stack.state / "mail")
    reference = file(employer)
    application = employer.path

    analyst = person(people.ANALYST)
    find_alert(analyst, reference)
    alert = confirm_alert(analyst)
    caseworker = person(people.CASEWORKER)
    case, item = refer(caseworker, alert)
    partner = person(people.PARTNER)
    accept(partner, item)
    caseworker.go(f"{case}sent/")
    caseworker.reads("Accepted")
    programs.complete(partner, item)
    caseworker.go(f"{case}sent/")
    caseworker.reads("Support is being given")

    officer = person(people.OFFICER)
    ask(officer, reference)
    answer(employer, application)
    verify_company(officer, reference)
    propose(officer, reference)
    confirm(person(people.SECOND_OFFICER), reference)

    number, printed = fetch(employer, application)
    assert number in printed
    assert "SHARMA" in printed
    anybody = stranger("portal")
    anybody.go("/")
    anybody.follow("Check a permit")
    anybody.send({"number": number}, press="Check the permit")
    anybody.reads(number, "This permit is genuine")
    assert not anybody.says("SHARMA"), "the check page shows first letters only"

    code = stack.run([sys.executable, "-m", "tests.smoke.printed", number]).strip()
    within = (date.today() + timedelta(days=90)).isoformat()
    assert number in stack.manage("verify_permit", code, "--at", within)

    auditor = person(people.AUDITOR)
    auditor.go("/log/?action=referral.disclosure.read")
    auditor.reads("referral.disclosure.read")
