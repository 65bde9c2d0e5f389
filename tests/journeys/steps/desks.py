"""Steps of staff in a browser: triage, referral, the agency's answer, question, decision."""

import re
from datetime import date, timedelta

from tests.journeys.walker import Walker
from tests.smoke import answers, people
from tests.smoke.visitor import wait_for

SHELTER = people.PARTNER.agency


def find_alert(analyst: Walker, reference: str) -> None:
    """Open the alert about an application; the queue itself names no application."""

    def found() -> bool:
        analyst.go("/alerts/")
        for link in analyst.page.get_by_role("link", name=re.compile("^S-")).all():
            link.click()
            analyst.arrive()
            if analyst.says(reference):
                return True
            analyst.page.go_back()
        return False

    wait_for(found, "An alert about the application")


def confirm_alert(analyst: Walker) -> str:
    """Take the alert that is open and confirm it; its reference."""
    analyst.reads("Fee, advance or exit penalty on the worker", "Not checked", "Links")
    analyst.press("Take")
    analyst.follow("Decide")
    analyst.send({"outcome": "confirm"}, press="Save outcome")
    analyst.reads("There is a problem")
    analyst.send({"outcome": "confirm", "reason": answers.EXPLAINED}, press="Save outcome")
    analyst.reads("Confirmed")
    return analyst.page.locator("h1").inner_text()


def refer(caseworker: Walker, alert: str) -> tuple[str, str]:
    """Open a case, record safe contact and consent, preview, send; the case's path, the item's reference."""
    caseworker.go("/")
    caseworker.press(f"Open a case {alert}")
    case = caseworker.path
    caseworker.follow("Record safe contact")
    caseworker.send(
        {"how": "Through the clinic on Tuesdays", "language": "hi", "interviewer_wish": "woman"}, press="Save"
    )
    caseworker.reads("Through the clinic on Tuesdays")
    caseworker.go(f"{case}sent/new/{SHELTER}/shelter/")
    caseworker.reads("This cannot be sent yet")
    caseworker.follow("Ask the person")
    explained = caseworker.page.locator("[name=explained]").evaluate_all("(all) => all.map((it) => it.value)")
    caseworker.send(
        {
            "explained": explained,
            "answer": "yes",
            "fields_agreed": ["alias", "spoken_language", "safe_contact"],
            "language": "hi",
            "interpreter": "S. Rao",
            "how_given": "spoken",
            **answers.three_boxes("valid_until", date.today() + timedelta(days=60)),
        },
        press="Record answer",
    )
    caseworker.reads("Answer recorded")
    caseworker.follow("Referrals")
    caseworker.follow("Give a safe place and care")
    caseworker.reads(
        "They will see exactly this", "Through the clinic on Tuesdays", "The person did not agree:"
    )
    caseworker.press("Send referral")
    (item,) = re.findall(r"Referral (\S+) was sent to", caseworker.page.locator("main").inner_text())
    for tab in ("Notes", "History", "Overview"):
        caseworker.follow(tab)
    return case, str(item)


def accept(partner: Walker, item: str) -> None:
    """The agency reads what it may know, and nothing else, and accepts."""
    partner.go("/")
    partner.follow(item)
    partner.reads("Through the clinic on Tuesdays")
    assert not partner.says("SHARMA"), "to the name the person did not agree"
    partner.press("Accept")
    partner.reads("Accepted")


def ask(officer: Walker, reference: str) -> None:
    """Take the file out of the queue and ask the employer about the terms."""
    officer.go("/")
    officer.follow(reference)
    officer.press("Take")
    officer.follow("Ask employer")
    officer.send({"text": answers.QUESTION, "sections": ["terms"]}, press="Preview")
    officer.reads("This is what the employer will read")
    officer.press("Send question")
    officer.reads("The question was sent")


def answer(employer: Walker, application: str) -> None:
    """Read the question, correct nothing, answer."""
    employer.go("/")
    employer.reads("Waiting for your answer")
    employer.go(application)
    employer.reads(answers.QUESTION)
    employer.follow("Answer the question")
    employer.send({"answer": answers.ANSWER}, press="Send the answer")
    employer.reads("Your answer has been sent")


def verify_company(officer: Walker, reference: str) -> None:
    """Verify the company of a file, which holds its decision until then."""
    officer.go(f"/files/{reference}/")
    officer.follow("Company not verified")
    officer.reads("What is claimed")
    officer.send({"basis": "register"}, press="Verify")
    officer.reads("The company is verified")


def justified(officer: Walker) -> dict[str, str | list[str]]:
    """Why a limit of the law may be broken, where the page asks for it."""
    asked = officer.says("Why approve although a limit of the law is broken?")
    return {"justification": "A supplement within the limits was signed."} if asked else {}


def propose(officer: Walker, reference: str) -> None:
    """Wait for the checks of the new submission, then propose approval on the first ground."""

    def complete() -> bool:
        officer.page.goto(f"{officer.base}/files/{reference}/")
        return not officer.says("Not completed yet")

    wait_for(complete, "The checks of the new submission")
    officer.reads(answers.ANSWER)
    officer.follow("Decide")
    officer.follow("Propose approval")
    ground = officer.page.locator("[name=ground]").first.get_attribute("value") or ""
    officer.send({"ground": ground, **justified(officer)}, press="Preview the letter")
    officer.press("Propose approval")
    officer.reads("The decision is proposed")


def confirm(officer: Walker, reference: str) -> None:
    """The second person reads what will happen, and confirms."""
    officer.go(f"/files/{reference}/")
    officer.follow("Confirm")
    officer.reads("What happens when you confirm")
    officer.send(justified(officer), press="Confirm approval")
    officer.reads("The decision is final")
    officer.follow("View permit")
