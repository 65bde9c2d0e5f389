"""Simulates employers who register and file complete applications through the real actions."""

from collections import Counter
from dataclasses import dataclass
from typing import TypedDict
from uuid import UUID

from permits.actions import applications, documents, employers
from permits.case_types.new import CASE_TYPE as NEW_PERMIT
from permits.case_types.registry import case_type
from permits.development.simulation import background_jobs
from permits.development.simulation.specimens import specimen
from permits.models import Application, Employer
from permits.submissions.draft import Draft
from wpis.accounts.models import User
from wpis.accounts.roles import Role
from wpis.development.simulation.country import Company, Country, Filing
from wpis.development.simulation.course import Course, Fate, course
from wpis.development.simulation.playing.days import FiledApplication, Today

SOME_PARTS = ("worker", "terms")
"""What somebody has filled in who leaves a draft lying."""


@dataclass(frozen=True, slots=True)
class Started:
    """An application that is filled in and not submitted yet."""

    application: Application
    by: User
    filing: Filing
    course: Course
    uploads: list[UUID]


class UnderWay(TypedDict):
    """A submitted application whose course has steps left; kept from day to day."""

    application: str
    filing: int  # its number
    fate: str
    steps: list[tuple[str, str]]  # those that are left: first possible day, step
    officer: str  # e-mail address; empty before anybody has taken the file


def file_all(today: Today) -> None:
    """File what the country files on this day."""
    filings = today.country.by_day.get(today.on)
    if not filings:
        return
    today.is_busy = True
    employers_of = {filing.company.tax_number: filing.company for filing in filings}
    registered = {number: _employer(today, company) for number, company in employers_of.items()}
    started = [_start(today, filing, *registered[filing.company.tax_number]) for filing in filings]
    background_jobs.check_uploads([key for each in started for key in each.uploads])
    for each in started:
        if each.course.fate is not Fate.DRAFT:
            _submit(today, each)


def under_way(today: Today) -> list[UnderWay]:
    """Applications that may still have steps to take, in the order of filing."""
    found: list[UnderWay] = today.memory.setdefault("permits.under_way", [])
    return found


def demo_company(country: Country) -> Company | None:
    """The company of the demo's employer: without a planted pattern, of medium size, and filing until the last day."""
    sizes = Counter(filing.company.tax_number for filing in country.filings)
    told = {filing.company.tax_number for filing in country.filings if filing.story}
    for filing in reversed(country.filings):
        if filing.company.tax_number not in told and 3 <= sizes[filing.company.tax_number] <= 15:
            return filing.company
    return None


def _start(today: Today, filing: Filing, employer: Employer, by: User) -> Started:
    at = today.at(filing.clock)
    language = "en" if filing.number % 6 == 0 else "hy"
    planned = _course(today, filing)
    application = applications.start(employer, kind=NEW_PERMIT.slug, by=by, at=at, language=language)
    for part, values in filing.parts().items():
        if planned.fate is not Fate.DRAFT or part in SOME_PARTS:
            applications.save_part(application, part, values, by=by, at=at)
    kinds = () if planned.fate is Fate.DRAFT else case_type(application.kind).documents
    attached = [documents.attach(application, specimen(kind), kind, by=by, at=at) for kind in kinds]
    return Started(application, by, filing, planned, [document.upload_id for document in attached])


def _submit(today: Today, each: Started) -> None:
    at = today.at(each.filing.clock)
    application = applications.submit(
        each.application, by=each.by, at=at, declared=True, expected_draft=Draft.AS_SAVED
    )
    assert application.reference
    today.filed[application.pk] = FiledApplication(each.filing, application.reference)
    steps = [(planned.on.isoformat(), planned.step.value) for planned in each.course.steps]
    under_way(today).append(
        UnderWay(
            application=str(application.pk),
            filing=each.filing.number,
            fate=each.course.fate.value,
            steps=steps,
            officer="",
        )
    )


def _course(today: Today, filing: Filing) -> Course:
    """As generated, except that the demo employer's newest application is unfinished."""
    if filing.company.tax_number == _demo_tax_number(today):
        newest = max(f.number for f in today.country.filings if f.company is filing.company)
        if filing.number == newest:
            return Course(Fate.DRAFT, ())
    return course(today.country.seed, filing)


def _demo_tax_number(today: Today) -> str | None:
    if "permits.demo_company" not in today.memory:
        company = demo_company(today.country)
        today.memory["permits.demo_company"] = company and company.tax_number
    found: str | None = today.memory["permits.demo_company"]
    return found


def _employer(today: Today, company: Company) -> tuple[Employer, User]:
    """The registered employer and who files for it; registered a little before the first application."""
    known: dict[str, str] = today.memory.setdefault("permits.employers", {})  # id by tax number
    if company.tax_number in known:
        employer = Employer.objects.get(pk=known[company.tax_number])
        return employer, _account(today, company)
    at = today.moment(8, 30)
    by = _account(today, company)
    employer = employers.register(by=by, at=at, **company.registration())
    if company.tax_number == _demo_tax_number(today):
        employers.name_delegate(employer, today.actors["delegate@example.am"], by=by, at=at)
    known[company.tax_number] = str(employer.pk)
    return employer, by


def _account(today: Today, company: Company) -> User:
    """Who files for the company. Nobody signs in with these accounts, so no time is spent on hashing a password."""
    if company.tax_number == _demo_tax_number(today):
        return today.actors["employer@example.am"]
    return User.objects.filter(email=company.email).first() or User.objects.create_user(
        company.email, None, name=company.director, role=Role.EMPLOYER
    )
