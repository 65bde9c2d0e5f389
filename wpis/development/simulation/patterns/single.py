"""Patterns that one application shows when it is filed: in its terms, its housing, its recruitment."""

from datetime import timedelta

from wpis.development.simulation.country import Filing
from wpis.development.simulation.employers.accommodation import House, bed
from wpis.development.simulation.employers.sectors import (
    CONSTRUCTION,
    DELIVERY,
    FARMING,
    HOSPITALITY,
    STAFFING,
    TEXTILE,
)
from wpis.development.simulation.filings.declarations import Makers
from wpis.development.simulation.patterns.stories import one, recruit


def agent_fee(make: Makers) -> list[Filing]:
    """P1: the worker paid an agent 1,500 dollars (650,000 drams) or more; everything else was talk."""
    filing = one(make, make.sector())
    chance = make.chance
    filing.recruitment.used_recruiter = True
    recruit(make, [filing])
    filing.recruitment.worker_fee = chance.choice((600_000, 650_000, 650_000, 1_200_000, 3_900_000))
    filing.terms.contract_explained = False
    return [filing]


def intermediary(make: Makers) -> list[Filing]:
    """P2: a firm hires and lends out; the contract names no wage and bears no signature."""
    filing = one(make, STAFFING)
    filing.terms.contract_states = ["hours", "place"]
    filing.terms.contract_languages = ["hy"]
    filing.terms.contract_explained = False
    return [filing]


def containers(make: Makers) -> list[Filing]:
    """P4: men in containers on the building site, twelve to fourteen hours a day, no day of rest."""
    filing = one(make, make.chance.choice((CONSTRUCTION, FARMING)))
    chance = make.chance
    filing.terms.weekly_hours, filing.terms.days_per_week = chance.choice(((72, 6), (84, 7)))
    house = House(filing.terms.province, filing.terms.workplace, 40, chance.randint(6, 8))
    filing.housing = bed(house, "employer")
    filing.housing.at_workplace = True
    filing.worker.contact_is_own = False
    filing.worker.phone = filing.company.phone
    return [filing]


def crowded_lodging(make: Makers) -> list[Filing]:
    """P4: ten to a room in a hotel, rent and scooter deducted until less than the minimum wage is left."""
    filing = one(make, DELIVERY)
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


def no_contract(make: Makers) -> list[Filing]:
    """P6: men build without a contract; what is sent in was drawn up for the office and names no wage."""
    filing = one(make, CONSTRUCTION)
    chance = make.chance
    filing.terms.contract_states = chance.choice((["place"], ["hours", "place"]))
    if chance.random() < 0.5:
        filing.terms.contract_languages = ["hy"]
    filing.terms.contract_explained = chance.choice((True, False, None))
    return [filing]


def piece_rate(make: Makers) -> list[Filing]:
    """P5: pay by the order; the guaranteed wage lies under the minimum, the week ends late every night."""
    filing = one(make, DELIVERY)
    chance = make.chance
    filing.terms.gross_wage = chance.choice((45_000, 50_000, 60_000, 65_000))
    filing.terms.weekly_hours, filing.terms.days_per_week = chance.choice(((60, 6), (70, 7)))
    filing.terms.deduction_transport = 25_000
    return [filing]


def deductions(make: Makers) -> list[Filing]:
    """Half the wage goes back to the employer for bed, food and "fees"; the week is long."""
    filing = one(make, make.chance.choice((FARMING, HOSPITALITY, CONSTRUCTION)))
    wage = filing.terms.gross_wage
    filing.terms.deduction_housing = wage // 4
    filing.terms.deduction_food = wage // 6
    filing.terms.deduction_fees = wage // 6
    filing.terms.weekly_hours, filing.terms.days_per_week = make.chance.choice(((56, 7), (60, 6)))
    return [filing]


def unread_contract(make: Makers) -> list[Filing]:
    """A contract that leaves things out, in a language the worker does not read, explained by nobody."""
    filing = one(make, make.sector())
    filing.terms.contract_states = make.chance.choice(
        (["place"], ["hours", "place"], ["place", "signatures"])
    )
    filing.terms.contract_languages = ["hy"]
    filing.terms.contract_explained = make.chance.choice((False, None))
    return [filing]


def minor(make: Makers) -> list[Filing]:
    """Somebody of sixteen or seventeen, or a form that makes a child older than the passport does."""
    sector = make.chance.choice((FARMING, HOSPITALITY, TEXTILE))
    filing = one(make, sector)
    worker = make.workers.make(filing.day, women=sector.women, age=16)
    if make.chance.random() < 0.5:
        worker.birth_date -= timedelta(days=3 * 365 + 1)  # the zone still tells the truth
    filing.worker = worker
    filing.terms.contract_languages = ["hy", worker.languages[0]]
    return [filing]
