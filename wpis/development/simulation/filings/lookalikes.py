"""Innocent applications that resemble a pattern: who raises the alarm at these has learnt the wrong thing."""

from collections.abc import Callable
from datetime import timedelta

from wpis.development.simulation.country import Filing
from wpis.development.simulation.employers.accommodation import House, bed
from wpis.development.simulation.employers.sectors import (
    CONSTRUCTION,
    EDUCATION,
    FARMING,
    HOSPITALITY,
    MANUFACTURING,
    MINING,
    TECHNOLOGY,
    Sector,
)
from wpis.development.simulation.filings.declarations import Makers, account, honest
from wpis.development.simulation.randomness import round_to


def hostel(make: Makers) -> list[Filing]:
    """A licensed hostel with beds enough for the workers of two employers."""
    first = _one(make, CONSTRUCTION)
    second = make.companies.make(HOSPITALITY, where=first.company.province)
    house = House(first.company.province, make.places.building(first.company.province), 60, 4)
    filings = [first]
    for n in range(5):
        company, sector = ((first.company, CONSTRUCTION), (second, HOSPITALITY))[n % 2]
        day = min(first.day + timedelta(days=7 * n), make.until)
        filings.append(honest(make, company, sector, day))
    for filing in filings:
        filing.housing = bed(house, "employer" if filing.company is first.company else "worker")
    return filings


def helpers_phone(make: Makers) -> list[Filing]:
    """Two relatives give one telephone, because one of them has no card yet."""
    first = _one(make, MANUFACTURING)
    second = honest(make, first.company, MANUFACTURING, first.day)
    second.worker.phone, second.worker.contact_is_own = first.worker.phone, False
    second.recruitment.permit_cost_payer = "worker"
    return [first, second]


def part_time(make: Makers) -> list[Filing]:
    """Twenty hours a week at an hourly wage well over the minimum."""
    filing = _one(make, EDUCATION)
    filing.terms.weekly_hours, filing.terms.days_per_week = 16, 4
    filing.terms.gross_wage = make.chance.choice((55_000, 60_000, 70_000))
    return [filing]


def spouses(make: Makers) -> list[Filing]:
    """Husband and wife with one account and one flat."""
    first = _one(make, TECHNOLOGY)
    second = honest(make, first.company, TECHNOLOGY, first.day)
    first.terms.wage_account = second.terms.wage_account = account(make.chance)
    if first.worker.surname:
        second.worker.surname, second.worker.surname_hy = first.worker.surname, first.worker.surname_hy
        second.worker.one_name = not second.worker.given_names
    second.worker.mrz = None
    first.housing = second.housing = make.accommodation.own_flat(first.company.province)
    return [first, second]


def start_up(make: Makers) -> list[Filing]:
    """A young software company that grows fast and pays well."""
    day = make.day(TECHNOLOGY)
    company = make.companies.make(TECHNOLOGY, registered_on=day - timedelta(days=200))
    return [honest(make, company, TECHNOLOGY, min(day + timedelta(days=5 * n), make.until)) for n in range(4)]


def fair_rent(make: Makers) -> list[Filing]:
    """A fair price for a decent room; far more than the minimum is left."""
    filing = _one(make, MANUFACTURING)
    filing.housing = make.accommodation.of_employer(filing.company)
    filing.terms.gross_wage = max(filing.terms.gross_wage, 200_000)
    filing.terms.deduction_housing = round_to(filing.terms.gross_wage * 0.2, 1000)
    return [filing]


def remote_site(make: Makers) -> list[Filing]:
    """A mine far from any town: everybody lives on the site, is well paid and driven there."""
    filing = _one(make, MINING)
    house = House(filing.terms.province, filing.terms.workplace, 120, 2)
    filing.housing = bed(house, "employer")
    filing.housing.at_workplace = True
    filing.recruitment.transport_by_employer = True
    return [filing]


def small_costs(make: Makers) -> list[Filing]:
    """Translation and flight paid by the worker, less than two weeks' wage."""
    filing = _one(make, FARMING)
    filing.recruitment.worker_fee = round_to(filing.terms.gross_wage * 0.3, 5000)
    return [filing]


LOOKALIKES: dict[str, Callable[[Makers], list[Filing]]] = {
    "hostel": hostel,
    "helpers-phone": helpers_phone,
    "part-time": part_time,
    "spouses": spouses,
    "start-up": start_up,
    "fair-rent": fair_rent,
    "remote-site": remote_site,
    "small-costs": small_costs,
}


def _one(make: Makers, sector: Sector) -> Filing:
    company = make.companies.make(sector)
    return honest(make, company, sector, make.day(sector))
