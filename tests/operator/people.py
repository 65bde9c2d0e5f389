"""Those who come after the operator: the first administrator, an officer whom they invite, an employer who files."""

import re
import urllib.parse
from datetime import date

from tests.documents import corpus
from tests.operator.servers.front import SecureVisitor
from tests.operator.site import Site
from tests.smoke import answers
from tests.smoke.mail import CODE
from tests.smoke.totp import fresh_code
from tests.smoke.visitor import wait_for

PASSWORD = "correct-horse-battery-7"
ENROLMENT = re.compile(r"\b[2-9A-HJKMNP-Z]{4}(?:-[2-9A-HJKMNP-Z]{4}){3}\b")
INFECTED = corpus.pdf(b"", corpus.stream(b"", corpus.EICAR))


def first_sign_in(site: Site, surface: str, email: str, code: str) -> SecureVisitor:
    """By the link of the letter, the password, the enrolment code, and an app for the second step."""
    visitor = site.visitor(surface)
    visitor.go(link_to(site, email))
    visitor.send({"password1": PASSWORD, "password2": PASSWORD})
    visitor.go("/accounts/login/")
    visitor.send({"login": email, "password": PASSWORD})
    visitor.go("/")
    visitor.send({"code": code})
    visitor.follow("Set up the app")
    if visitor.page.form({"password"}):
        visitor.send({"password": PASSWORD})
    secret = re.search(r"\b[A-Z2-7]{32}\b", visitor.page.words)
    assert secret, visitor.page.words
    visitor.send({"code": fresh_code(secret[0])})
    visitor.reads("Recovery codes")
    visitor.go("/")
    return visitor


def link_to(site: Site, email: str) -> str:
    """The link of the newest letter to set a password."""
    letters = wait_for(lambda: site.mail.to(email), f"A letter to {email}", seconds=30)
    link = re.search(r"https://[^\s]+/accounts/password/reset/key/\S+", letters[-1])
    assert link, letters[-1]
    return link[0]


def invite(first: SecureVisitor, second: SecureVisitor, *, name: str, email: str, role: str) -> str:
    """One administrator asks, the other confirms and reads the enrolment code, shown once."""
    first.go("/staff/invite/")
    first.send({"name": name, "email": email, "role": role, "reason": "starts"})
    first.reads("A second person has to confirm")
    second.go("/staff/requests/")
    second.follow(f"Decide: {name}")
    second.send(press="Confirm")
    code = ENROLMENT.search(second.page.words)
    assert code, second.page.words
    return code[0]


def sign_up(site: Site, email: str) -> SecureVisitor:
    """An employer makes an account with the code of the letter, and registers a company."""
    employer = site.visitor("portal")
    employer.go("/accounts/signup/")
    employer.send({"name": "Karine Manukyan", "email": email, "password1": PASSWORD, "password2": PASSWORD})
    text = wait_for(lambda: site.mail.to(email), f"A letter to {email}", seconds=30)[-1]
    code = CODE.search(text)
    assert code, text
    employer.send({"code": code[1]})
    employer.follow("Register a company")
    employer.send(answers.COMPANY)
    employer.reads("The company is registered")
    return employer


def fill_in(employer: SecureVisitor) -> str:
    """An application up to its documents; returns the address."""
    employer.send(press="Start an application")
    address = urllib.parse.urlsplit(employer.page.url).path
    employer.follow("Worker and passport")
    employer.send({"mrz": answers.MRZ}, press="Read the passport lines")
    employer.send(answers.WORKER, press="Save and continue")
    job, contract = answers.pages_of_terms(date.today())
    employer.send(job, press="Save and continue")
    employer.send(press="Save and continue")  # with what the page asks to look at again
    employer.send(contract, press="Save and continue")
    employer.send(answers.HOUSING, press="Save and continue")
    employer.send(answers.RECRUITMENT, press="Save and continue")
    return address


def upload(employer: SecureVisitor, kind: str, content: bytes) -> None:
    """One document, on the page of documents."""
    employer.send({f"file_{kind}": (f"{kind}.pdf", content)}, press="Upload")


def submit(employer: SecureVisitor) -> str:
    """Declare and submit; returns the reference."""
    employer.send(press="Save and continue")
    employer.send({"declared": "on"}, press="Submit the application")
    employer.reads("Application submitted")
    return employer.page.words.split("Your reference:")[1].split()[0]
