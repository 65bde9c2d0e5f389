"""What an employer does on the portal: register, fill in, upload, declare, submit."""

import re
from datetime import date
from pathlib import Path

from tests.journeys.walker import Walker
from tests.smoke import answers
from tests.smoke.mail import code_for
from tests.smoke.people import PASSWORD, Person


def register(employer: Walker, who: Person, mail: Path, tax_number: str = "") -> None:
    """An account with the code from the letter, then the company."""
    employer.go("/")
    employer.follow("Register")
    employer.send(
        {"name": who.name, "email": who.email, "password1": PASSWORD, "password2": PASSWORD},
        press="Create an account",
    )
    employer.send({"code": code_for(mail, who.email)}, press="Continue")
    employer.reads("Register your company first")
    employer.follow("Register a company")
    company = {**answers.COMPANY, **({"tax_number": tax_number} if tax_number else {})}
    employer.send(company, press="Register")
    employer.reads("The company is registered")


def fill_worker(employer: Walker) -> None:
    """The page about the worker, out of the passport lines and what they do not say."""
    if not employer.path.endswith("/worker/"):
        employer.follow("Worker and passport")
    employer.send({"mrz": answers.MRZ}, press="Read the passport lines")
    employer.reads("Compare the details below with the passport")
    employer.send(answers.WORKER, press="Save and continue")


def file(employer: Walker) -> str:
    """Fill in every part, upload, declare, submit; the reference."""
    employer.press("Start an application")
    employer.follow("Worker and passport")
    employer.send({"mrz": answers.MRZ.replace("910327", "910328")}, press="Read the passport lines")
    employer.reads("date of birth")
    fill_worker(employer)
    return finish(employer)


def finish(employer: Walker) -> str:
    """The other parts, the documents, the declaration; the reference."""
    job, contract = answers.pages_of_terms(date.today())
    employer.send(job, press="Save and continue")
    employer.reads("The legal minimum for these hours", "at most 48 hours a week")
    employer.press("Save and continue")
    employer.send(contract, press="Save and continue")
    employer.send(answers.HOUSING, press="Save and continue")
    employer.send(answers.RECRUITMENT, press="Save and continue")
    employer.upload("passport", "passport.pdf", answers.a_pdf())
    employer.upload("contract", "contract.pdf", answers.a_pdf())
    employer.press("Save and continue")
    employer.press("Submit the application")
    employer.reads("Confirm the declaration before you submit")
    employer.send({"declared": "on"}, press="Submit the application")
    employer.reads("Application submitted", "We decide by")
    (reference,) = re.findall(r"Your reference: (\S+)", employer.page.locator("main").inner_text())
    employer.follow("See the application")
    employer.reads(reference, "In review", "You do not need to do anything now")
    return str(reference)
