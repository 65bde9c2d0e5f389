"""Begins a simulated country, or continues an interrupted one: the same country, no day played twice.

What the next day needs is kept as JSON: ids of rows, numbers of filings, days. So no label of a planted pattern
leaves the generator, and another process reads nothing but plain data.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from wpis.development.models import SimulationRun
from wpis.development.simulation.country import Country
from wpis.development.simulation.generator import generate
from wpis.development.simulation.playing.days import FiledApplication, Today, Yesterday
from wpis.errors import Refused


def interrupted(seed: int) -> SimulationRun | None:
    """The country of this seed that was begun and not finished."""
    return SimulationRun.objects.filter(seed=seed, finished_at=None).first()


def begin(country: Country, *, applications: int, at: datetime) -> SimulationRun:
    """A new country of which so many `applications` were asked for. Raises Refused when there is one of this seed."""
    try:
        with transaction.atomic():
            return SimulationRun.objects.create(
                seed=country.seed,
                applications=applications,
                until=country.until,
                begun_at=at,
                digest=country.digest(),
            )
    except IntegrityError as error:
        raise Refused(f"Seed {country.seed} is here already: take another.") from error


def country_of(run: SimulationRun) -> Country:
    """The country as it was begun. Raises Refused when this version of the product makes another out of the seed."""
    country = generate(seed=run.seed, applications=run.applications, until=run.until)
    if country.digest() != run.digest:
        raise Refused(
            f"The country of seed {run.seed} was begun by another version and cannot go on: take another seed."
        )
    return country


def save_day(run: SimulationRun, today: Today) -> None:
    """Keep what the next day needs; call it in the day's transaction.

    Raises Refused when somebody else has played this day meanwhile, TypeError when the memory is no JSON.
    """
    filed = {str(key): [each.filing.number, each.reference] for key, each in today.filed.items()}
    ours = SimulationRun.objects.filter(pk=run.pk, played_until=run.played_until, finished_at=None)
    if not ours.update(played_until=today.on, memory={"apps": today.memory, "filed": filed}):
        raise Refused(f"The country of seed {run.seed} is being played by another process.")
    run.played_until = today.on


def yesterday(run: SimulationRun, country: Country) -> Yesterday:
    """What was known at the end of the last complete day; before the first day nothing is."""
    if run.played_until is None:
        return Yesterday(country.since - timedelta(days=1), {}, {})
    filed = {
        UUID(key): FiledApplication(country.filing(number), reference)
        for key, (number, reference) in run.memory["filed"].items()
    }
    return Yesterday(run.played_until, run.memory["apps"], filed)


def finish(run: SimulationRun, *, at: datetime) -> None:
    """All days are over; nothing needs to be remembered."""
    SimulationRun.objects.filter(pk=run.pk).update(finished_at=at, memory={})
