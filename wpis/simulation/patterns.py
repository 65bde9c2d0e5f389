"""Plants patterns that are known from Armenia, each labelled; the label is never declared anywhere.

The labels follow permit-process.md 5.3 (P1 to P11) where the pattern shows when an application is filed. P3
(passports held), P6 and P9 (unpaid months, unpaid probation), P8 (overstay) and P11 (retaliation) show only
later, in records that the application does not have, so they are not planted. Nothing here looks at
citizenship or sex: the people are drawn like all others.
"""

from collections.abc import Callable
from datetime import timedelta
from random import Random

from wpis.simulation.country import Company, Filing
from wpis.simulation.declarations import Makers, account, honest
from wpis.simulation.lodgings import House, bed
from wpis.simulation.nationalities import BY_CODE
from wpis.simulation.seasons import soon_after
from wpis.simulation.sectors import (
    CARE,
    CONSTRUCTION,
    DELIVERY,
    FARMING,
    HOSPITALITY,
    STAFFING,
    TEXTILE,
    Sector,
)

Story = Callable[[Makers], list[Filing]]
MINIMUM_WAGE = 75_000  # drams; what the abusive employer pays exactly (P7), see the law book for the law


def agent_fee(make: Makers) -> list[Filing]:
    """P1: the worker paid an agent 1,500 dollars (650,000 drams) or more; everything else was talk."""
    filing = _one(make, make.sector())
    chance = make.chance
    filing.recruitment.used_recruiter = True
    _recruit(make, [filing])
    filing.recruitment.worker_fee = chance.choice((600_000, 650_000, 650_000, 1_200_000, 3_900_000))
    filing.terms.contract_explained = False
    return [filing]


def intermediary(make: Makers) -> list[Filing]:
    """P2: a firm hires and lends out; the contract names no wage and bears no signature."""
    filing = _one(make, STAFFING)
    filing.terms.contract_states = ["hours", "place"]
    filing.terms.contract_languages = ["hy"]
    filing.terms.contract_explained = False
    return [filing]


def crowded_lodging(make: Makers) -> list[Filing]:
    """P4: ten to a room in a hotel, rent and scooter deducted until less than the minimum wage is left."""
    filing = _one(make, DELIVERY)
    chance = make.chance
    house = House(
        filing.company.province, make.places.building(filing.company.province), 30, chance.randint(7, 10)
    )
    filing.housing = bed(house, chance.choice(("employer", "recruiter")))
    filing.terms.gross_wage = chance.choice((140_000, 150_000, 160_000))
    filing.terms.deduction_housing = chance.choice((45_000, 50_000, 60_000))
    filing.terms.deduction_transport = chance.choice((40_000, 45_000))
    filing.terms.weekly_hours, filing.terms.days_per_week = chance.choice(((54, 6), (60, 6), (63, 7)))
    return [filing]


def containers(make: Makers) -> list[Filing]:
    """P4: men in containers on the building site, twelve to fourteen hours a day, no day of rest."""
    filing = _one(make, make.chance.choice((CONSTRUCTION, FARMING)))
    chance = make.chance
    filing.terms.weekly_hours, filing.terms.days_per_week = chance.choice(((72, 6), (84, 7)))
    house = House(filing.terms.province, filing.terms.workplace, 40, chance.randint(6, 8))
    filing.housing = bed(house, "employer")
    filing.housing.at_workplace = True
    filing.worker.contact_is_own = False
    filing.worker.phone = filing.company.phone
    return [filing]


def piece_rate(make: Makers) -> list[Filing]:
    """P5: pay by the order; the guaranteed wage lies under the minimum, the week ends late every night."""
    filing = _one(make, DELIVERY)
    chance = make.chance
    filing.terms.gross_wage = chance.choice((45_000, 50_000, 60_000, 65_000))
    filing.terms.weekly_hours, filing.terms.days_per_week = chance.choice(((60, 6), (70, 7)))
    filing.terms.deduction_transport = 25_000
    return [filing]


def closed_site(make: Makers) -> list[Filing]:
    """P7: one recruiter, one day; all live on the employer's site for exactly the minimum wage."""
    company = _company(make, TEXTILE)
    first = _one(make, TEXTILE, company)
    filings = [first, *(_again(make, TEXTILE, company, first) for _ in range(make.chance.randint(2, 4)))]
    site = House(company.province, company.address, 220, 6)
    advance = make.chance.choice((0, 250_000))
    for filing in filings:
        filing.terms.workplace, filing.terms.province = company.address, company.province
        filing.terms.gross_wage = MINIMUM_WAGE
        filing.terms.weekly_hours, filing.terms.days_per_week = 48, 6
        filing.terms.ends_on = filing.terms.starts_on + timedelta(days=3 * 365)
        filing.terms.penalty_clause = True
        filing.housing = bed(site, "employer")
        filing.housing.at_workplace = True
        filing.recruitment.transport_by_employer = True
        filing.recruitment.permit_cost_payer = "employer"
        filing.recruitment.advance = advance
    _recruit(make, filings)
    return filings


def sham_employer(make: Makers) -> list[Filing]:
    """P10: a firm of a few months asks for many people; one telephone stands for all of them."""
    sector = make.chance.choice((CARE, CONSTRUCTION, HOSPITALITY))
    day = make.day(sector)
    company = make.companies.make(sector, registered_on=day - timedelta(days=make.chance.randint(40, 150)))
    first = honest(make, company, sector, day)
    filings = [first, *(_again(make, sector, company, first) for _ in range(make.chance.randint(4, 6)))]
    phone = company.phone if make.chance.random() < 0.5 else first.worker.phone
    for n, filing in enumerate(filings):
        filing.day = min(first.day + timedelta(days=n // 3), make.until)
        filing.worker.phone, filing.worker.email = phone, None
        filing.worker.contact_is_own = False
    return filings


def shared_phone(make: Makers) -> list[Filing]:
    """One telephone for workers of several employers, whose roof, transport and permit the employers hold."""
    sector = make.sector()
    first = _one(make, sector)
    filings = [
        first,
        *(_again(make, sector, _company(make, sector), first) for _ in range(make.chance.randint(2, 3))),
    ]
    for filing in filings:
        filing.worker.phone, filing.worker.email = first.worker.phone, None
        filing.housing = make.lodgings.of_employer(filing.company)
        filing.recruitment.transport_by_employer = True
        filing.recruitment.permit_cost_payer = "employer"
    _recruit(make, filings)
    return filings


def shared_account(make: Makers) -> list[Filing]:
    """The wages of several workers go to one account that is not theirs."""
    sector = make.sector()
    company = _company(make, sector)
    first = _one(make, sector, company)
    filings = [first, *(_again(make, sector, company, first) for _ in range(make.chance.randint(1, 2)))]
    number = account(make.chance)
    for filing in filings:
        filing.terms.wage_account = number
        filing.worker.contact_is_own = False
        filing.worker.phone, filing.worker.email = company.phone, None
    return filings


def crowded_address(make: Makers) -> list[Filing]:
    """P4: workers of unrelated employers at one address, more of them than there are beds."""
    first = _one(make, HOSPITALITY)
    others = (CONSTRUCTION, DELIVERY, HOSPITALITY)
    filings = [first]
    for n in range(make.chance.randint(4, 5)):
        sector = others[n % 3]
        filings.append(_again(make, sector, _company(make, sector, first.company.province), first))
    house = House(first.company.province, make.places.building(first.company.province), 3, 5)
    for filing in filings:
        filing.housing = bed(house, "recruiter")
        filing.terms.weekly_hours, filing.terms.days_per_week = 60, 7
        filing.worker.contact_is_own = False
    return filings


def deductions(make: Makers) -> list[Filing]:
    """Half the wage goes back to the employer for bed, food and "fees"; the week is long."""
    filing = _one(make, make.chance.choice((FARMING, HOSPITALITY, CONSTRUCTION)))
    wage = filing.terms.gross_wage
    filing.terms.deduction_housing = wage // 4
    filing.terms.deduction_food = wage // 6
    filing.terms.deduction_fees = wage // 6
    filing.terms.weekly_hours, filing.terms.days_per_week = make.chance.choice(((56, 7), (60, 6)))
    return [filing]


def unread_contract(make: Makers) -> list[Filing]:
    """A contract that leaves things out, in a language the worker does not read, explained by nobody."""
    filing = _one(make, make.sector())
    filing.terms.contract_states = make.chance.choice(
        (["place"], ["hours", "place"], ["place", "signatures"])
    )
    filing.terms.contract_languages = ["hy"]
    filing.terms.contract_explained = make.chance.choice((False, None))
    return [filing]


def minor(make: Makers) -> list[Filing]:
    """Somebody of sixteen or seventeen, or a form that makes a child older than the passport does."""
    sector = make.chance.choice((FARMING, HOSPITALITY, TEXTILE))
    filing = _one(make, sector)
    worker = make.workers.make(filing.day, women=sector.women, age=16)
    if make.chance.random() < 0.5:
        worker.birth_date -= timedelta(days=3 * 365 + 1)  # the zone still tells the truth
    filing.worker = worker
    filing.terms.contract_languages = ["hy", worker.languages[0]]
    return [filing]


PATTERNS: dict[str, Story] = {
    "p1-agent-fee": agent_fee,
    "p2-intermediary": intermediary,
    "p4-containers": containers,
    "p4-crowded-lodging": crowded_lodging,
    "p5-piece-rate": piece_rate,
    "deductions": deductions,
    "unread-contract": unread_contract,
    "minor": minor,
    "p4-crowded-address": crowded_address,
    "p7-closed-site": closed_site,
    "p10-sham-employer": sham_employer,
    "shared-phone": shared_phone,
    "shared-account": shared_account,
}
"""Label -> story; those of one application come first, so that small countries repeat them first."""

CONCEALED = 0.25
"""Share of later stories in which the employer keeps quiet about half of what shows the pattern."""


def conceal(chance: Random, filings: list[Filing]) -> None:
    """Hide what a careful wrongdoer hides; some of it nobody can see when the application is filed."""
    for filing in filings:
        match chance.randint(1, 3):
            case 1:
                filing.recruitment.worker_fee = filing.recruitment.advance = 0
                filing.terms.penalty_clause = False
                filing.terms.contract_explained = True
            case 2:
                filing.terms.weekly_hours, filing.terms.days_per_week = 40, 5
                filing.terms.gross_wage = max(filing.terms.gross_wage, 150_000)
            case _:
                filing.worker.contact_is_own = True
                filing.housing.at_workplace, filing.housing.persons_per_room = False, 3


def _company(make: Makers, sector: Sector, where: str | None = None) -> Company:
    return make.companies.make(sector, where=where)


def _one(make: Makers, sector: Sector, company: Company | None = None) -> Filing:
    day = make.day(sector)
    return honest(make, company or _company(make, sector), sector, day)


def _again(make: Makers, sector: Sector, company: Company, first: Filing) -> Filing:
    """One more application of the story, soon after the first."""
    return honest(make, company, sector, first.day, soon_after(first.clock, make.chance))


def _recruit(make: Makers, filings: list[Filing]) -> None:
    """One recruiter, whom nobody else uses, found all of them."""
    agent = make.agents.new(BY_CODE[filings[0].worker.nationality])
    for filing in filings:
        filing.recruitment.used_recruiter = True
        for name, value in agent.declared().items():
            setattr(filing.recruitment, name, value)
