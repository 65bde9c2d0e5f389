"""Patterns that show when several applications are laid side by side: one telephone, one account, one address."""

from datetime import timedelta

from wpis.development.simulation.country import Filing
from wpis.development.simulation.employers.accommodation import House, bed
from wpis.development.simulation.employers.sectors import CARE, CONSTRUCTION, DELIVERY, HOSPITALITY, TEXTILE
from wpis.development.simulation.filings.declarations import Makers, account, honest
from wpis.development.simulation.patterns.stories import again, new_company, one, recruit

MINIMUM_WAGE = 75_000  # drams; what the abusive employer pays exactly (P7), see the law book for the law


def crowded_address(make: Makers) -> list[Filing]:
    """P4: workers of unrelated employers at one address, more of them than there are beds."""
    first = one(make, HOSPITALITY)
    others = (CONSTRUCTION, DELIVERY, HOSPITALITY)
    filings = [first]
    for n in range(make.chance.randint(4, 5)):
        sector = others[n % 3]
        filings.append(again(make, sector, new_company(make, sector, first.company.province), first))
    house = House(first.company.province, make.places.building(first.company.province), 3, 5)
    for filing in filings:
        filing.housing = bed(house, "recruiter")
        filing.terms.weekly_hours, filing.terms.days_per_week = 60, 7
        filing.worker.contact_is_own = False
    return filings


def closed_site(make: Makers) -> list[Filing]:
    """P7: one recruiter, one day; all live on the employer's site for exactly the minimum wage."""
    company = new_company(make, TEXTILE)
    first = one(make, TEXTILE, company)
    filings = [first, *(again(make, TEXTILE, company, first) for _ in range(make.chance.randint(2, 4)))]
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
    recruit(make, filings)
    return filings


def sham_employer(make: Makers) -> list[Filing]:
    """P10: a firm of a few months asks for many people; one telephone stands for all of them."""
    sector = make.chance.choice((CARE, CONSTRUCTION, HOSPITALITY))
    day = make.day(sector)
    company = make.companies.make(sector, registered_on=day - timedelta(days=make.chance.randint(40, 150)))
    first = honest(make, company, sector, day)
    filings = [first, *(again(make, sector, company, first) for _ in range(make.chance.randint(4, 6)))]
    phone = company.phone if make.chance.random() < 0.5 else first.worker.phone
    for n, filing in enumerate(filings):
        filing.day = min(first.day + timedelta(days=n // 3), make.until)
        filing.worker.phone, filing.worker.email = phone, None
        filing.worker.contact_is_own = False
    return filings


def shared_phone(make: Makers) -> list[Filing]:
    """One telephone for workers of several employers, whose roof, transport and permit the employers hold."""
    sector = make.sector()
    first = one(make, sector)
    filings = [
        first,
        *(again(make, sector, new_company(make, sector), first) for _ in range(make.chance.randint(2, 3))),
    ]
    for filing in filings:
        filing.worker.phone, filing.worker.email = first.worker.phone, None
        filing.housing = make.accommodation.of_employer(filing.company)
        filing.recruitment.transport_by_employer = True
        filing.recruitment.permit_cost_payer = "employer"
    recruit(make, filings)
    return filings


def shared_account(make: Makers) -> list[Filing]:
    """The wages of several workers go to one account that is not theirs."""
    sector = make.sector()
    company = new_company(make, sector)
    first = one(make, sector, company)
    filings = [first, *(again(make, sector, company, first) for _ in range(make.chance.randint(1, 2)))]
    number = account(make.chance)
    for filing in filings:
        filing.terms.wage_account = number
        filing.worker.contact_is_own = False
        filing.worker.phone, filing.worker.email = company.phone, None
    return filings
