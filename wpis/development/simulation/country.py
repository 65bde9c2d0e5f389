"""What a synthetic country consists of: companies, and what they declare about the workers they ask for."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from wpis.dates.partial import PartialDate

YEREVAN = ZoneInfo("Asia/Yerevan")


@dataclass(slots=True, kw_only=True)
class Company:
    """An employer; the fields up to `email` are those of its registration."""

    tax_number: str
    name_hy: str
    name_en: str
    province: str
    address: str
    nace: str
    registered_on: date
    phone: str
    email: str
    sector: str
    director: str

    def registration(self) -> dict[str, Any]:
        """What the registration form asks for."""
        return {name: value for name, value in _shallow(self).items() if name not in ("sector", "director")}


@dataclass(slots=True, kw_only=True)
class Worker:
    """The part "worker" of an application, as declared; of the date of birth the passport may give a part."""

    given_names: str
    surname: str
    given_names_hy: str
    surname_hy: str
    one_name: bool = False
    birth_date: date
    birth_known: str = "day"  # its smallest part in the passport: "day", "month" or "year"
    sex: str
    nationality: str
    passport_number: str
    passport_issuer: str
    passport_expires_on: date
    mrz: str | None
    phone: str | None
    email: str | None
    contact_is_own: bool | None
    languages: list[str]

    @property
    def born(self) -> PartialDate:
        """The date of birth as far as it is declared."""
        parts = ("year", "month", "day")
        return PartialDate(
            *(getattr(self.birth_date, part) for part in parts[: parts.index(self.birth_known) + 1])
        )

    def declared(self) -> dict[str, Any]:
        """What is entered about the worker, under the names of the form."""
        entered = _shallow(self)
        del entered["birth_known"]
        return entered | {"birth_date": self.born}


@dataclass(slots=True, kw_only=True)
class Terms:
    """The part "terms": money in drams a month, hours a week."""

    occupation: str
    job_title: str
    province: str
    workplace: str
    weekly_hours: int
    days_per_week: int
    gross_wage: int
    deduction_housing: int | None = 0
    deduction_food: int | None = 0
    deduction_transport: int | None = 0
    deduction_fees: int | None = 0
    deduction_other: int | None = 0
    wage_account: str | None
    starts_on: date
    ends_on: date
    contract_states: list[str] | None
    contract_languages: list[str] | None
    contract_explained: bool | None
    penalty_clause: bool | None


@dataclass(slots=True, kw_only=True)
class Housing:
    """The part "housing"."""

    provider: str
    province: str
    address: str
    persons_per_room: int | None
    capacity: int | None
    at_workplace: bool | None


@dataclass(slots=True, kw_only=True)
class Recruitment:
    """The part "recruitment"; money in drams."""

    used_recruiter: bool
    recruiter_name: str = ""
    recruiter_country: str = ""
    recruiter_phone: str = ""
    recruiter_email: str = ""
    worker_fee: int | None = 0
    advance: int | None = 0
    transport_by_employer: bool | None
    permit_cost_payer: str


@dataclass(slots=True, kw_only=True)
class Filing:
    """One application: who files it, when, what is declared; nothing from `pattern` on ever is."""

    company: Company
    day: date
    clock: time
    worker: Worker
    terms: Terms
    housing: Housing
    recruitment: Recruitment
    pattern: str | None = None  # what was planted; None for an innocent application
    story: str = ""  # filings of one story belong together, as in p7-closed-site-2
    lookalike: str | None = None  # an innocent application that resembles a pattern
    fate: str = ""  # what the story wants to become of it (see course.py); empty: drawn like everybody's
    said: str = ""  # the reason that the story's employer gives for a withdrawal
    number: int = 0  # place in the order of filing, from 1

    @property
    def at(self) -> datetime:
        """The moment of filing."""
        return datetime.combine(self.day, self.clock, tzinfo=YEREVAN)

    def parts(self) -> dict[str, dict[str, Any]]:
        """What is entered, part by part, under the names of the form."""
        return {"worker": self.worker.declared()} | {name: _shallow(getattr(self, name)) for name in PARTS}


PARTS = ("terms", "housing", "recruitment")


def _shallow(part: Any) -> dict[str, Any]:
    return {name: getattr(part, name) for name in part.__slots__}


@dataclass(slots=True)
class Country:
    """All filings of one seed, oldest first."""

    seed: int
    since: date
    until: date
    filings: list[Filing]
    by_day: Mapping[date, list[Filing]] = field(init=False)

    def __post_init__(self) -> None:
        days: dict[date, list[Filing]] = {}
        for filing in self.filings:
            days.setdefault(filing.day, []).append(filing)
        self.by_day = days

    def filing(self, number: int) -> Filing:
        """The filing with this place in the order of filing."""
        return self.filings[number - 1]

    def digest(self) -> str:
        """SHA-256 of everything that is declared and planted: equal for two equal countries."""
        lines = "\n".join(repr(filing) for filing in self.filings)
        return hashlib.sha256(lines.encode()).hexdigest()
