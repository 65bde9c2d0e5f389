"""What an honest employer declares: lawful terms, decent housing, open recruitment, and small slips."""

from dataclasses import dataclass, field
from datetime import date, time, timedelta
from random import Random

from wpis.development.simulation.country import Company, Filing, Recruitment, Terms, Worker
from wpis.development.simulation.employers.accommodation import Accommodation
from wpis.development.simulation.employers.companies import Companies
from wpis.development.simulation.employers.places import Places
from wpis.development.simulation.employers.recruiters import Agents
from wpis.development.simulation.employers.sectors import SHARES, Sector
from wpis.development.simulation.filings.seasons import Seasons, clock
from wpis.development.simulation.people.nationalities import BY_CODE, Nationality
from wpis.development.simulation.people.workers import Workers
from wpis.development.simulation.randomness import Weighted, round_to

HOURS = Weighted(
    [((40, 5), 70), ((44, 6), 8), ((48, 6), 8), ((42, 6), 6), ((36, 5), 3), ((24, 4), 2.5), ((20, 5), 2.5)]
)
"""(hours a week, days a week) and their weights."""

LATELY = 14
"""Days that count as the last weeks."""

EVERYTHING = ("wage", "hours", "place", "signatures")


@dataclass(slots=True)
class Makers:
    """The makers of one country, with one stream of chance."""

    chance: Random
    until: date
    lately: bool = False  # what is told now happened in the last weeks
    places: Places = field(init=False)
    companies: Companies = field(init=False)
    workers: Workers = field(init=False)
    agents: Agents = field(init=False)
    accommodation: Accommodation = field(init=False)
    seasons: Seasons = field(init=False)

    def __post_init__(self) -> None:
        self.places = Places(self.chance)
        self.companies = Companies(self.chance, self.places, self.until)
        self.workers = Workers(self.chance)
        self.agents = Agents(self.chance)
        self.accommodation = Accommodation(self.chance, self.places)
        self.seasons = Seasons(self.until)

    def sector(self) -> Sector:
        """A sector by its share."""
        return SHARES.pick(self.chance)

    def day(self, sector: Sector) -> date:
        """A day of filing."""
        if self.lately:
            return self.until - timedelta(days=self.chance.randint(0, LATELY))
        return self.seasons.day(sector, self.chance)


def honest(
    make: Makers,
    company: Company,
    sector: Sector,
    day: date,
    at: time | None = None,
    *,
    nationality: Nationality | None = None,
) -> Filing:
    """An application as most are; everything in it is lawful but for an honest slip now and then."""
    worker = make.workers.make(day, women=sector.women, nationality=nationality)
    terms = _terms(make, company, sector, worker, day)
    housing = (
        make.accommodation.of_employer(company)
        if make.chance.random() < (0.15 if sector.name in ("technology", "education") else 0.45)
        else make.accommodation.own_flat(company.province)
    )
    if housing.provider == "employer" and make.chance.random() < 0.2:
        terms.deduction_housing = round_to(terms.gross_wage * make.chance.uniform(0.04, 0.1), 1000)
    filing = Filing(
        company=company,
        day=day,
        clock=at or clock(make.chance),
        worker=worker,
        terms=terms,
        housing=housing,
        recruitment=_recruitment(make, worker),
    )
    _slip(make.chance, filing)
    return filing


def account(chance: Random) -> str:
    """A bank account of 16 digits, as Armenian banks number them."""
    return f"{chance.randint(10**15, 10**16 - 1)}"


def _terms(make: Makers, company: Company, sector: Sector, worker: Worker, day: date) -> Terms:
    chance = make.chance
    job = sector.jobs.pick(chance)
    hours, days = HOURS.pick(chance)
    share = min(hours / 40, 1.0)
    wage = round_to((job.low + (job.high - job.low) * chance.betavariate(1.6, 2.4)) * share, 5000)
    starts = day + timedelta(days=chance.randint(35, 80))
    months = 6 if sector.name in ("farming", "construction") and chance.random() < 0.3 else 12
    others = {"hy", chance.choice(worker.languages)}
    if "en" in worker.languages:
        others.add("en")
    return Terms(
        occupation=job.occupation,
        job_title=job.title,
        province=company.province,
        workplace=company.address if chance.random() < 0.4 else make.places.building(company.province),
        weekly_hours=hours,
        days_per_week=days,
        gross_wage=wage,
        wage_account=account(chance) if chance.random() < 0.75 else None,
        starts_on=starts,
        ends_on=starts + timedelta(days=int(months * 30.4) - 1),
        contract_states=list(EVERYTHING),
        contract_languages=sorted(others),
        contract_explained=True,
        penalty_clause=False,
    )


def _recruitment(make: Makers, worker: Worker) -> Recruitment:
    chance = make.chance
    used = chance.random() < 0.3
    return Recruitment(
        used_recruiter=used,
        **(make.agents.one_of(BY_CODE[worker.passport_issuer]).declared() if used else {}),
        worker_fee=round_to(chance.uniform(20_000, 60_000), 5000) if used and chance.random() < 0.15 else 0,
        advance=round_to(chance.uniform(30_000, 90_000), 10_000) if chance.random() < 0.04 else 0,
        transport_by_employer=chance.random() < 0.22,
        permit_cost_payer="employer" if chance.random() < 0.85 else "worker",
    )


def _slip(chance: Random, filing: Filing) -> None:
    """What people forget or get wrong without meaning anything by it."""
    match _SLIPS.pick(chance):
        case "no deductions stated":
            for kind in ("housing", "food", "transport", "fees", "other"):
                setattr(filing.terms, f"deduction_{kind}", None)
        case "bad scan of the contract":
            filing.terms.contract_states = [term for term in EVERYTHING if term != chance.choice(EVERYTHING)]
        case "contract only in Armenian":
            filing.terms.contract_languages = ["hy"]
        case "contact of a friend":
            filing.worker.contact_is_own = False
        case "no zone typed":
            filing.worker.mrz = None
        case "left open":
            filing.terms.penalty_clause = filing.terms.contract_explained = None
            filing.worker.contact_is_own = None


_SLIPS = Weighted(
    [
        *(
            ("none", 86.0),
            ("no deductions stated", 4.0),
            ("bad scan of the contract", 1.5),
            ("left open", 3.0),
        ),
        *(("contract only in Armenian", 1.5), ("contact of a friend", 1.5), ("no zone typed", 2.5)),
    ]
)
