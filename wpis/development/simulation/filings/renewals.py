"""renewal(): an honest employer asks once more for the same worker, in time before the permit runs out.

The service knows no renewals yet, so it is one more application for the same person, job and bed. Without them
every permit of the country would lapse, and an employer whose permits all lapse (P8) would be like any other.
"""

from dataclasses import replace
from datetime import timedelta

from wpis.development.simulation.country import Filing, Recruitment
from wpis.development.simulation.course import Fate, course
from wpis.development.simulation.filings.declarations import Makers
from wpis.development.simulation.filings.seasons import clock
from wpis.development.simulation.randomness import round_to

RENEWED = 0.55
"""Share of permits whose holders stay with the employer; our assumption. The others go home or to another job."""

BEFORE = (31, 75)
"""Days before the end: at least thirty (permit-process.md 1.4.1), and people begin early (1.4.2)."""


def renewal(make: Makers, seed: int, first: Filing) -> Filing | None:
    """The next application for this worker; None when nobody wants one, or there is no permit to go on from."""
    chance = make.chance
    day = first.terms.ends_on - timedelta(days=chance.randint(*BEFORE))
    starts = first.terms.ends_on + timedelta(days=1)
    lasts = first.worker.passport_expires_on > starts
    if day > make.until or not lasts or chance.random() > RENEWED:
        return None
    if course(seed, first).fate is not Fate.APPROVED:
        return None
    return Filing(
        company=first.company,
        day=day,
        clock=clock(chance),
        worker=replace(first.worker),
        terms=replace(
            first.terms,
            gross_wage=round_to(first.terms.gross_wage * chance.choice((1.0, 1.0, 1.05, 1.1)), 5000),
            starts_on=starts,
            ends_on=starts + (first.terms.ends_on - first.terms.starts_on),
        ),
        housing=replace(first.housing),
        recruitment=Recruitment(
            used_recruiter=False,
            transport_by_employer=first.recruitment.transport_by_employer,
            permit_cost_payer=first.recruitment.permit_cost_payer,
        ),
    )
