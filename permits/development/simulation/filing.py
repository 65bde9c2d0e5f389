"""Employers register and file: the whole form through the real actions, documents included."""

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from permits.actions import applications, documents, employers
from permits.case_types.registry import case_type
from permits.development.simulation import background_jobs
from permits.development.simulation.papers import paper
from permits.models import Application, Employer
from wpis.accounts.models import User
from wpis.accounts.roles import Role
from wpis.development.simulation.country import Company, Country, Filing
from wpis.development.simulation.course import Course, Fate, course
from wpis.development.simulation.speed import all_or_nothing, remember_grants
from wpis.development.simulation.stages import Filed, Today

SOME_PARTS = ("worker", "terms")
"""What somebody has filled in who leaves a draft lying."""


@dataclass(slots=True)
class Started:
    """An application under way, and the course it is to take; `done` steps lie behind it."""

    application: Application
    by: User
    filing: Filing
    course: Course
    uploads: list[UUID]
    officer: User | None = None
    done: int = 0


def file_all(today: Today) -> None:
    """File what the country files on this day."""
    filings = today.country.by_day.get(today.on)
    if not filings:
        return
    today.is_busy = True
    for company in {filing.company.tax_number: filing.company for filing in filings}.values():
        _employer(today, company)
    with all_or_nothing():
        started = [_start(today, filing) for filing in filings]
        background_jobs.check_uploads([key for each in started for key in each.uploads])
        for each in started:
            if each.course.fate is not Fate.DRAFT:
                _submit(today, each)


def under_way(today: Today) -> list[Started]:
    """Applications that may still have steps to take, in the order of filing."""
    found: list[Started] = today.memory.setdefault("permits.under_way", [])
    return found


def demo_company(country: Country) -> Company | None:
    """The company of the demo's employer: innocent, of middle size, and busy until the end."""
    sizes = Counter(filing.company.tax_number for filing in country.filings)
    told = {filing.company.tax_number for filing in country.filings if filing.story}
    for filing in reversed(country.filings):
        if filing.company.tax_number not in told and 3 <= sizes[filing.company.tax_number] <= 15:
            return filing.company
    return None


def _start(today: Today, filing: Filing) -> Started:
    employer, by = _employer(today, filing.company)
    at = today.at(filing.clock)
    language = "en" if filing.number % 6 == 0 else "hy"
    planned = _course(today, filing)
    application = applications.start(employer, by=by, at=at, language=language)
    for part, values in filing.parts().items():
        if planned.fate is not Fate.DRAFT or part in SOME_PARTS:
            applications.save_part(application, part, values, by=by, at=at)
    kinds = () if planned.fate is Fate.DRAFT else case_type(application.kind).documents
    attached = [documents.attach(application, paper(kind), kind, by=by, at=at) for kind in kinds]
    return Started(application, by, filing, planned, [document.upload_id for document in attached])


def _submit(today: Today, each: Started) -> None:
    at = today.at(each.filing.clock)
    each.application = applications.submit(each.application, by=each.by, at=at, declared=True)
    assert each.application.reference
    today.filed[each.application.pk] = Filed(each.filing, each.application.reference)
    under_way(today).append(each)


def _course(today: Today, filing: Filing) -> Course:
    """As drawn; but the demo's employer has left the newest application unfinished."""
    if "permits.demo_company" not in today.memory:
        today.memory["permits.demo_company"] = demo_company(today.country)
    company = today.memory["permits.demo_company"]
    if filing.company is company:
        newest = max(f.number for f in today.country.filings if f.company is company)
        if filing.number == newest:
            return Course(Fate.DRAFT, ())
    return course(today.country.seed, filing)


def _employer(today: Today, company: Company) -> tuple[Employer, User]:
    """The registered employer and who files for it; registered a little before the first application."""
    known: dict[str, tuple[Employer, User]] = today.memory.setdefault("permits.employers", {})
    if company.tax_number not in known:
        at = today.moment(8, 30)
        if company is demo_company(today.country):
            by = today.actors["employer@example.am"]
            employer = employers.register(by=by, at=at, **company.registration())
            employers.name_delegate(employer, today.actors["delegate@example.am"], by=by, at=at)
        else:
            # Nobody signs in with these accounts: no password, so no time is spent on hashing any.
            by = User.objects.filter(email=company.email).first() or User.objects.create_user(
                company.email, None, name=company.director, role=Role.EMPLOYER
            )
            employer = employers.register(by=by, at=at, **company.registration())
        known[company.tax_number] = employer, by
    employer, by = known[company.tax_number]
    return employer, remember_grants(by)
