"""Patterns of the months after: when the application is filed these files look like anybody's.

What is done to the worker leaves its mark elsewhere: in a drawer with passports, on a pay slip that never comes, at
the border. Only what an employer would truly declare is declared here, the honest slips of `declarations.py` included.
"""

from datetime import date, timedelta

from wpis.development.simulation.country import Filing
from wpis.development.simulation.course import Fate
from wpis.development.simulation.employers.sectors import (
    CONSTRUCTION,
    DELIVERY,
    FARMING,
    HOSPITALITY,
    TEXTILE,
    TRADE,
    Sector,
)
from wpis.development.simulation.filings.declarations import EVERYTHING, Makers, honest
from wpis.development.simulation.patterns.stories import again, new_company, one
from wpis.development.simulation.people.nationalities import BY_CODE

HALF_A_YEAR = timedelta(days=182)
LONG_AGO = timedelta(days=300)
"""Before this a permit of half a year, begun within eighty days, has run out and nobody can still mean to renew it."""

GONE = "The worker has left without notice."


def passports_held(make: Makers) -> list[Filing]:
    """P3: the agency keeps the passports "for the permit papers"; the copies that it sends in are in order."""
    filing = one(make, make.sector())
    filing.recruitment.used_recruiter = True
    agent = make.agents.one_of(BY_CODE[filing.worker.passport_issuer])
    for name, value in agent.declared().items():
        setattr(filing.recruitment, name, value)
    return [filing]


def unpaid_months(make: Makers) -> list[Filing]:
    """P6: a building firm whose paper is in order, and which pays nobody for three months."""
    return [one(make, CONSTRUCTION)]


def lapsed_permits(make: Makers) -> list[Filing]:
    """P8: two permits of half a year ran out, nobody asked for these workers again; now another one is wanted."""
    sector = make.chance.choice((CONSTRUCTION, FARMING, HOSPITALITY))
    company = new_company(make, sector)
    first = honest(make, company, sector, _long_ago(make, sector))
    drifting = [first, again(make, sector, company, first)]
    for filing in drifting:
        filing.terms.ends_on = filing.terms.starts_on + HALF_A_YEAR
        filing.fate = Fate.APPROVED
    lapsed = max(filing.terms.ends_on for filing in drifting)
    day = min(lapsed + timedelta(days=make.chance.randint(10, 60)), make.until)
    return [*drifting, honest(make, company, sector, max(day, make.day(sector)))]


def unpaid_trial(make: Makers) -> list[Filing]:
    """P9: ten to thirty days of unpaid trial while the application is decided.

    The contract begins, and is signed, after them.
    """
    filing = one(make, make.chance.choice((HOSPITALITY, TRADE, DELIVERY)))
    chance = make.chance
    length = filing.terms.ends_on - filing.terms.starts_on
    filing.terms.starts_on = filing.day + timedelta(days=chance.randint(10, 30))
    filing.terms.ends_on = filing.terms.starts_on + length
    filing.worker.phone = make.workers.armenian_phone()  # has been here for a while
    if chance.random() < 0.5:
        filing.terms.contract_states = [term for term in EVERYTHING if term != "signatures"]
    return [filing]


def retaliation(make: Makers) -> list[Filing]:
    """P11: a worker complains; the employer takes the application back and asks for somebody else."""
    sector = make.chance.choice((HOSPITALITY, TEXTILE, CONSTRUCTION))
    company = new_company(make, sector)
    complained = one(make, sector, company)
    complained.fate, complained.said = Fate.WITHDRAWN, GONE
    day = min(complained.day + timedelta(days=make.chance.randint(14, 28)), make.until)
    return [complained, honest(make, company, sector, day)]


def _long_ago(make: Makers, sector: Sector) -> date:
    """A day of filing by the seasons, so early that the permit has run out since."""
    while True:
        day = make.seasons.day(sector, make.chance)
        if day <= make.until - LONG_AGO:
            return day
