"""Begins a country, or goes on with one that was interrupted: the same country, no day played twice."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from wpis.development.simulation.country import Country
from wpis.development.simulation.generator import generate
from wpis.development.simulation.remembering import read, written
from wpis.development.simulation.stages import Today, Yesterday
from wpis.errors import Refused
from wpis.models import Chronicle


def interrupted(seed: int) -> Chronicle | None:
    """The country of this seed that was begun and not finished."""
    return Chronicle.objects.filter(seed=seed, finished_at=None).first()


def begin(country: Country, *, applications: int, at: datetime) -> Chronicle:
    """A new country of which so many `applications` were asked for. Raises Refused when there is one of this seed."""
    try:
        with transaction.atomic():
            return Chronicle.objects.create(
                seed=country.seed,
                applications=applications,
                until=country.until,
                begun_at=at,
                digest=country.digest(),
            )
    except IntegrityError as error:
        raise Refused(f"Seed {country.seed} is here already: take another.") from error


def country_of(chronicle: Chronicle) -> Country:
    """The country as it was begun. Raises Refused when this version of the product makes another out of the seed."""
    country = generate(seed=chronicle.seed, applications=chronicle.applications, until=chronicle.until)
    if country.digest() != chronicle.digest:
        raise Refused(
            f"The country of seed {chronicle.seed} was begun by another version and cannot go on: take another seed."
        )
    return country


def turn_page(chronicle: Chronicle, today: Today) -> None:
    """Keep what the stages know at the end of this day; call it in the day's transaction.

    Raises Refused when somebody else has played this day meanwhile.
    """
    page = written((today.memory, today.filed))
    ours = Chronicle.objects.filter(pk=chronicle.pk, played_until=chronicle.played_until, finished_at=None)
    if not ours.update(played_until=today.on, memory=page):
        raise Refused(f"The country of seed {chronicle.seed} is being played by another process.")
    chronicle.played_until = today.on


def yesterday(chronicle: Chronicle, country: Country) -> Yesterday:
    """What the stages knew at the end of the last day that is over; before the first day they know nothing."""
    if chronicle.played_until is None:
        return Yesterday(country.since - timedelta(days=1), {}, {})
    memory, filed = read(bytes(chronicle.memory), country)
    return Yesterday(chronicle.played_until, memory, filed)


def finish(chronicle: Chronicle, *, at: datetime) -> None:
    """All days are over; nothing needs to be remembered."""
    Chronicle.objects.filter(pk=chronicle.pk).update(finished_at=at, memory=b"")
