"""Records of two synthetic countries: one played to its end, one interrupted on its first day."""

import random
from datetime import date

from tests.upgrade.stories.cast import Cast
from wpis.simulation import chronicles
from wpis.simulation.accounts import Actors
from wpis.simulation.generator import generate
from wpis.simulation.stages import Today


def begin(cast: Cast) -> None:
    """Only the record of the countries: their applications would say nothing that the stories here do not."""
    for seed in (7, 8):
        country = generate(seed=seed, applications=1, until=date(2026, 5, 29))
        chronicle = chronicles.begin(country, applications=1, at=cast.clock())
        today = Today(country.since, country, Actors([]), cast.clock(), random.Random(seed), {})
        chronicles.turn_page(chronicle, today)
        if seed == 7:
            chronicles.finish(chronicle, at=cast.clock())
