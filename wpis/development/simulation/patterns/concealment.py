"""What a careful wrongdoer leaves out of the form."""

from random import Random

from wpis.development.simulation.country import Filing

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
