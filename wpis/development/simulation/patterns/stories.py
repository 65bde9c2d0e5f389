"""What every story is told with: an ordinary application, one more like it, one recruiter for all."""

from wpis.development.simulation.country import Company, Filing
from wpis.development.simulation.employers.sectors import Sector
from wpis.development.simulation.filings.declarations import Makers, honest
from wpis.development.simulation.filings.seasons import soon_after
from wpis.development.simulation.people.nationalities import BY_CODE


def new_company(make: Makers, sector: Sector, where: str | None = None) -> Company:
    """A company of the sector that exists for this story alone."""
    return make.companies.make(sector, where=where)


def one(make: Makers, sector: Sector, company: Company | None = None) -> Filing:
    """An ordinary application, on an ordinary day of the sector."""
    day = make.day(sector)
    return honest(make, company or new_company(make, sector), sector, day)


def again(make: Makers, sector: Sector, company: Company, first: Filing) -> Filing:
    """One more application of the story, soon after the first."""
    return honest(make, company, sector, first.day, soon_after(first.clock, make.chance))


def recruit(make: Makers, filings: list[Filing]) -> None:
    """One recruiter, whom nobody else uses, found all of them."""
    agent = make.agents.new(BY_CODE[filings[0].worker.passport_issuer])
    for filing in filings:
        filing.recruitment.used_recruiter = True
        for name, value in agent.declared().items():
            setattr(filing.recruitment, name, value)
