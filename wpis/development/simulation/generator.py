"""generate(): a country out of a seed. Same seed, number and last day: the same country, on every machine."""

from collections.abc import Mapping
from datetime import date
from itertools import count

from wpis.development.simulation.country import Country, Filing
from wpis.development.simulation.filings.declarations import Makers, honest
from wpis.development.simulation.filings.lookalikes import LOOKALIKES
from wpis.development.simulation.filings.renewals import renewal
from wpis.development.simulation.filings.seasons import clock, soon_after
from wpis.development.simulation.patterns.catalogue import PATTERNS, Shows, Story
from wpis.development.simulation.patterns.concealment import CONCEALED, conceal
from wpis.development.simulation.randomness import random_stream

PLANTED = 0.055
"""Share of the applications that belong to a planted pattern; never less than one story of each kind, so a
country of a few hundred applications holds a larger share."""

RESEMBLING = 0.05
"""Share of the innocent look-alikes, likewise."""

EVERY = 3
"""Each third story happens in the last weeks, so that whoever opens the demo finds work that is not done yet."""

BATCHES = (1, 1, 1, 2, 2, 3, 4, 6)
"""Applications that an employer files on one day."""

COMES_AGAIN = 0.55
"""Chance that an employer files once more, some other day."""


def generate(*, seed: int, applications: int, until: date) -> Country:
    """The country of `seed`: so many applications in the eighteen months that end with `until`.

    Small countries hold at least one story of each pattern, whatever the number asked for.
    """
    make = Makers(random_stream(seed, "country"), until)
    patterns = {label: pattern.tell for label, pattern in PATTERNS.items()}
    filings = _told(make, patterns, round(applications * PLANTED), "pattern")
    filings += _told(make, LOOKALIKES, round(applications * RESEMBLING), "lookalike")
    filings += _everyday(make, seed, applications - len(filings))
    filings.sort(key=lambda filing: (filing.day, filing.clock, filing.worker.passport_number))
    for number, filing in enumerate(filings, start=1):
        filing.number = number
    return Country(seed, make.seasons.days[0], until, filings)


def _told(make: Makers, stories: Mapping[str, Story], wanted: int, label: str) -> list[Filing]:
    """Stories of every kind in turn until there are enough applications; the first round is complete."""
    filings: list[Filing] = []
    told = 0
    for turn in count(1):
        for name, tell in stories.items():
            if turn > 1 and len(filings) >= wanted:
                return filings
            told += 1
            make.lately = told % EVERY == 0
            story = tell(make)
            make.lately = False
            if label == "pattern" and turn > 1 and _hides(make, name):
                conceal(make.chance, story)
            for filing in story:
                setattr(filing, label, name)
                filing.story = f"{name}-{turn}"
            filings += story
    raise AssertionError("count() never ends")


def _hides(make: Makers, name: str) -> bool:
    """Whether this story's employer keeps quiet about what would show; there must be something to hide."""
    return PATTERNS[name].shows is Shows.AT_FILING and make.chance.random() < CONCEALED


def _everyday(make: Makers, seed: int, wanted: int) -> list[Filing]:
    """Honest applications: companies of all sizes, each filing on a few days of its season, and renewing later."""
    filings: list[Filing] = []
    while len(filings) < wanted:
        sector = make.sector()
        company = make.companies.make(sector)
        again = True
        while again and len(filings) < wanted:
            day = make.day(sector)
            batch = min(make.chance.choice(BATCHES), wanted - len(filings))
            at = clock(make.chance)
            for _ in range(batch):
                filing = honest(make, company, sector, day, at)
                filings.append(filing)
                at = soon_after(at, make.chance)
                if len(filings) < wanted and (renewed := renewal(make, seed, filing)):
                    filings.append(renewed)
            again = make.chance.random() < COMES_AGAIN
    return filings
