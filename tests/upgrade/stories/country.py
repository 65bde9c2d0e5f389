"""Records of two synthetic countries: one played to its end, one interrupted on its first day."""

import random
from datetime import date

from tests.upgrade.stories.cast import Cast
from wpis.development.simulation.generator import generate
from wpis.development.simulation.playing import progress
from wpis.development.simulation.playing.accounts import Actors
from wpis.development.simulation.playing.days import Today


def begin(cast: Cast) -> None:
    """Only the record of the countries: their applications would say nothing that the stories here do not."""
    for seed in (7, 8):
        country = generate(seed=seed, applications=1, until=date(2026, 5, 29))
        run = progress.begin(country, applications=1, at=cast.clock())
        today = Today(country.since, country, Actors([]), cast.clock(), random.Random(seed), {})
        progress.save_day(run, today)
        if seed == 7:
            progress.finish(run, at=cast.clock())
