"""Who and what a file is about, in one line: the bar above the file and above each step of its decision."""

from dataclasses import dataclass

from permits.assessment.assess import Assessment
from wpis.classifications.occupations import titled
from wpis.dates.partial import PartialDate
from wpis.formatting.days import span
from wpis.formatting.values import Kind, write
from wpis.languages.reader import reader_language


@dataclass(frozen=True, slots=True)
class Identity:
    """The person, the job and the employer as filed last; empty where the file cannot be read."""

    worker: str = ""
    citizenship: str = ""
    birth_year: str = ""
    job: str = ""
    occupation: str = ""
    pay: str = ""
    weekly_hours: str = ""
    employer: str = ""
    dates: str = ""


def identity_of(found: Assessment) -> Identity:
    """The identity that a file shows."""
    filed = found.record
    if filed is None:
        return Identity(employer=str(found.application.employer))
    worker, terms, employer = filed.worker, filed.terms, filed.employer
    return Identity(
        worker=f"{worker.given_names} {worker.surname}".strip(),
        citizenship=write(worker.nationality, Kind.COUNTRY),
        birth_year=str(PartialDate.of(worker.birth_date).year),
        job=terms.job_title,
        occupation=titled(terms.occupation),
        pay=write(terms.gross_wage, Kind.MONEY),
        weekly_hours=write(terms.weekly_hours),
        employer=employer.name_hy if reader_language() == "hy" else employer.name_en,
        dates=span(terms.starts_on, terms.ends_on),
    )
