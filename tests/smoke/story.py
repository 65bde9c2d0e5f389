"""The main job over HTTP, step by step: file, screen, triage, refer, ask, decide, verify."""

import json
import sys
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from urllib.parse import urljoin, urlsplit

from tests.smoke import answers, people
from tests.smoke.mail import code_for, letters
from tests.smoke.page import Page
from tests.smoke.people import PASSWORD, Person
from tests.smoke.totp import fresh_code
from tests.smoke.visitor import NEXT_PAGE, Stuck, Visitor, wait_for
from wpis.development.embedded.stack import Stack

Act = Callable[["MainJob"], None]
_steps: list[tuple[str, Act]] = []


def step(sentence: str) -> Callable[[Act], Act]:
    """Name a step; the steps are taken in the order in which they stand here."""

    def add(act: Act) -> Act:
        _steps.append((sentence, act))
        return act

    return add


class MainJob:
    """What the people know while the job goes on.

    A walk with a name (letters and digits) brings its own people, company and passport: it can be taken where others
    have walked and worked before, and changes nothing of theirs.
    """

    def __init__(self, stack: Stack, walk: str = "") -> None:
        self.stack, self.walk = stack, walk
        made = stack.run([sys.executable, "-m", "tests.smoke.people", *([walk] if walk else [])])
        self.keys: dict[str, str] = json.loads(made)
        self.visitors: dict[str, Visitor] = {}
        self.application = self.case = self.reference = self.alert = self.item = self.number = ""

    def steps(self) -> Iterator[tuple[str, Callable[[], None]]]:
        """(sentence, act) for each step."""
        for sentence, act in _steps:
            yield sentence, partial(act, self)

    def visitor(self, person: Person) -> Visitor:
        """Somebody in front of his or her surface."""
        if person.name not in self.visitors:
            self.visitors[person.name] = Visitor(self.stack.url(person.surface, "/"))
        return self.visitors[person.name]

    def sign_in(self, person: Person) -> Visitor:
        """Through the sign-in page, with the code of the app where the surface asks for one."""
        visitor = self.visitor(person)
        visitor.go("/accounts/login/")
        address = person.address(self.walk)
        visitor.send({"login": address, "password": PASSWORD})
        if key := self.keys[address]:
            visitor.send({"code": fresh_code(key)})
        visitor.reads("Sign out", person.name)
        return visitor


@step("An employer makes an account with the code from the letter")
def _(job: MainJob) -> None:
    person = people.EMPLOYER
    employer = job.visitor(person)
    employer.go("/accounts/signup/")
    address = person.address(job.walk)
    employer.send({"name": person.name, "email": address, "password1": PASSWORD, "password2": PASSWORD})
    employer.send({"code": code_for(job.stack.state / "mail", address)})
    employer.reads("Welcome")


@step("The employer registers a company")
def _(job: MainJob) -> None:
    employer = job.visitor(people.EMPLOYER)
    employer.follow("Register a company")
    employer.send(answers.company(job.walk))
    employer.reads("The company is registered", "Start an application")


@step("The employer starts an application and reads the passport lines into it")
def _(job: MainJob) -> None:
    employer = job.visitor(people.EMPLOYER)
    employer.send(press="Start an application")
    job.application = urlsplit(employer.page.url).path
    employer.follow("Worker and passport")
    employer.send({"mrz": answers.passport_lines(job.walk)}, press="Read the passport lines")
    employer.send(answers.WORKER, press="Save and continue")


@step("The employer enters job, pay, housing and costs")
def _(job: MainJob) -> None:
    employer = job.visitor(people.EMPLOYER)
    job_page, contract_page = answers.pages_of_terms(date.today())
    employer.send(job_page, press="Save and continue")
    employer.reads("The legal minimum for these hours", "at most 48 hours a week")
    employer.send(press="Save and continue")
    employer.send(contract_page, press="Save and continue")
    employer.send(answers.HOUSING, press="Save and continue")
    employer.send(answers.RECRUITMENT, press="Save and continue")


@step("The employer uploads the documents")
def _(job: MainJob) -> None:
    employer = job.visitor(people.EMPLOYER)
    for kind in ("passport", "contract"):
        employer.send({f"file_{kind}": (f"{kind}.pdf", answers.a_pdf())}, press="Upload")
    employer.send(press="Save and continue")


@step("The employer checks the answers, declares and submits")
def _(job: MainJob) -> None:
    employer = job.visitor(people.EMPLOYER)
    employer.send({"declared": "on"}, press="Submit the application")
    employer.reads("Application submitted", "We decide by")
    words = employer.page.words.split("Your reference:")[1].split()
    job.reference = words[0]
    employer.go(job.application)
    employer.reads(job.reference, "In review")


@step("Screening finds it within seconds, and an analyst with a one-time code sees the alert")
def _(job: MainJob) -> None:
    analyst = job.sign_in(people.ANALYST)
    others: set[str] = set()
    wait_for(lambda: _alert_about(analyst, job.reference, others), "An alert for the application")


@step("The analyst takes the alert and confirms it with a reason")
def _(job: MainJob) -> None:
    analyst = job.visitor(people.ANALYST)
    job.alert = analyst.page.title.split()[0]
    analyst.reads("Why this alert", "Fee, advance or exit penalty on the worker")
    analyst.send(press="Take")
    analyst.follow("Decide")
    analyst.send({"outcome": "confirm", "reason": answers.EXPLAINED})
    analyst.reads("Confirmed")


@step("A caseworker opens a case and records how the person can be reached safely")
def _(job: MainJob) -> None:
    caseworker = job.sign_in(people.CASEWORKER)
    caseworker.go("/cases/")
    caseworker.send(press=f"Open a case {job.alert}")
    job.case = urlsplit(caseworker.page.url).path
    caseworker.follow("Record safe contact")
    caseworker.send({"how": "Through the clinic on Tuesdays", "language": "hi", "interviewer_wish": "woman"})
    caseworker.reads("Through the clinic on Tuesdays")


@step("The caseworker records the person's consent")
def _(job: MainJob) -> None:
    caseworker = job.visitor(people.CASEWORKER)
    caseworker.go(f"{job.case}agreements/ask/{people.PARTNER.agency}/shelter/")
    caseworker.send(
        {
            "explained": sorted(_offered(caseworker, "explained")),
            "answer": "yes",
            "fields_agreed": ["alias", "spoken_language", "safe_contact"],
            "language": "hi",
            "interpreter": "S. Rao",
            "how_given": "spoken",
            **answers.three_boxes("valid_until", date.today() + timedelta(days=60)),
        }
    )
    caseworker.reads("Answer recorded")


@step("The caseworker sees what the shelter would see, and sends just that")
def _(job: MainJob) -> None:
    caseworker = job.visitor(people.CASEWORKER)
    caseworker.go(f"{job.case}sent/new/{people.PARTNER.agency}/shelter/")
    caseworker.reads(
        "They will see exactly this", "Through the clinic on Tuesdays", "The person did not agree"
    )
    caseworker.send(press="Send referral")
    caseworker.reads("was sent to")
    job.item = caseworker.page.words.split(" was sent to")[0].split()[-1]


@step("The partner agency reads its part and accepts")
def _(job: MainJob) -> None:
    partner = job.sign_in(people.PARTNER)
    partner.go("/items/")
    partner.find(job.item)
    partner.reads("Through the clinic on Tuesdays")
    if "SHARMA" in partner.page.words.upper():
        raise Stuck("The partner sees the name, to which the person did not agree")
    partner.send(press="Accept")
    partner.reads("Accepted")


@step("The caseworker sees that help was accepted")
def _(job: MainJob) -> None:
    caseworker = job.visitor(people.CASEWORKER)
    caseworker.go(f"{job.case}sent/")
    caseworker.reads("Accepted")


@step("An officer takes the file and asks the employer a question")
def _(job: MainJob) -> None:
    officer = job.sign_in(people.OFFICER)
    officer.go("/")
    officer.find(job.reference)
    officer.send(press="Take")
    officer.follow("Ask employer")
    officer.send({"text": answers.QUESTION, "sections": ["terms"]}, press="Send question")
    officer.reads("The question was sent")


@step("The employer answers")
def _(job: MainJob) -> None:
    employer = job.visitor(people.EMPLOYER)
    employer.go(job.application)
    employer.reads(answers.QUESTION)
    employer.follow("Answer the question")
    employer.send({"answer": answers.ANSWER})
    employer.reads("Your answer has been sent")


@step("The officer verifies that the employer acts for the company")
def _(job: MainJob) -> None:
    officer = job.visitor(people.OFFICER)
    officer.go(f"/files/{job.reference}/")
    officer.reads("The company has not been verified yet")
    officer.follow("Company not verified")
    officer.reads("What is claimed", "Director according to the State Register")
    officer.send({"basis": "register"}, press="Verify")
    officer.reads("The company is verified")


@step("Every check completes, and the officer proposes approval")
def _(job: MainJob) -> None:
    officer = job.visitor(people.OFFICER)
    file = f"/files/{job.reference}/"
    wait_for(lambda: "Not completed yet" not in officer.go(file).words, "The checks of the new submission")
    officer.go(f"{file}decide/approval/")
    grounds = sorted(_offered(officer, "ground"))
    officer.send({"ground": grounds[0], **_justified(officer)}, press="Propose approval")
    officer.reads("The decision is proposed")


@step("A second officer confirms")
def _(job: MainJob) -> None:
    officer = job.sign_in(people.SECOND_OFFICER)
    officer.go(f"/files/{job.reference}/confirm/")
    officer.send(_justified(officer), press="Confirm approval")
    officer.reads("The decision is final")


@step("The employer downloads the permit")
def _(job: MainJob) -> None:
    employer = job.visitor(people.EMPLOYER)
    employer.go(job.application)
    employer.reads("The permit is issued")
    job.number = employer.page.words.split("Permit number:")[1].split()[0]
    pdf = employer.follow("Download the permit")
    if not pdf.content.startswith(b"%PDF-"):
        raise Stuck(f"The permit is no PDF but {pdf.kind}")
    wait_for(
        lambda: len(letters(job.stack.state / "mail", people.EMPLOYER.address(job.walk))) > 1,
        "The letters to the employer",
    )


@step("Anybody checks the permit by its number")
def _(job: MainJob) -> None:
    anybody = Visitor(job.stack.url("portal", "/"))
    anybody.go(f"/check/{job.number}")
    anybody.reads(job.number, "genuine")


@step("manage.py verify_permit accepts the signed code without a network")
def _(job: MainJob) -> None:
    code = job.stack.run([sys.executable, "-m", "tests.smoke.printed", job.number]).strip()
    within = (date.today() + timedelta(days=90)).isoformat()  # the term of the contract begins in 60 days
    said = job.stack.manage("verify_permit", code, "--at", within)
    if job.number not in said:
        raise Stuck(f"verify_permit does not know {job.number}: {said}")


def _alert_about(analyst: Visitor, reference: str, others: set[str]) -> bool:
    """Open the alert about an application; the queue itself names neither worker nor application.

    `others`: alerts that were opened and are about something else; on a copy there may be many.
    """
    queue: Page | None = analyst.go("/alerts/")
    while queue is not None:
        for label, address in queue.links.items():
            if label.startswith("S-") and address not in others:
                if reference in analyst.go(urljoin(queue.url, address)).words:
                    return True
                others.add(address)
        following = queue.links.get(NEXT_PAGE)
        queue = analyst.go(urljoin(queue.url, following)) if following else None
    return False


def _justified(officer: Visitor) -> dict[str, str]:
    """Why a limit of the law may be broken, where the page asks for it."""
    asked = "Why approve although a limit of the law is broken?" in officer.page.words
    return {"justification": "A supplement within the limits was signed."} if asked else {}


def _offered(visitor: Visitor, name: str) -> set[str]:
    """The values of the ticks or radio buttons of this name."""
    return {value for form in visitor.page.forms for value in form.choices.get(name, ())}
