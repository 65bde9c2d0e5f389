"""What screening finds of what was planted: prints recall and precision per pattern, and holds modest bounds."""

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from django.db import transaction

from alerts.models import Alert, Screening, ScreeningState
from alerts.screening.batch import screen_waiting
from permits.development.simulation import load
from permits.models import Application
from wpis.development.simulation.country import Country, Filing
from wpis.development.simulation.generator import generate
from wpis.development.simulation.patterns.catalogue import PATTERNS, Shows
from wpis.development.simulation.people.nationalities import SHARES
from wpis.development.simulation.playing.accounts import Actors

UNTIL, NOW = date(2026, 11, 20), datetime(2026, 11, 20, 20, tzinfo=UTC)
SEEDS = [
    int(seed) for seed in os.environ.get("WPIS_RECALL_SEEDS", "1").split(",")
]  # `make nightly` tries more
AT_FILING = [label for label, pattern in PATTERNS.items() if pattern.shows is Shows.AT_FILING]
CODES = [f"P{n}" for n in range(1, 12)]
pytestmark = pytest.mark.django_db


def alerted(country: Country) -> set[int]:
    """Numbers of the filings for which screening raised an alert."""
    filed = load(country, Actors([]), NOW, lambda done, total: None)
    numbers = {row.reference: row.filing.number for row in filed}
    while screen_waiting(NOW):
        pass
    assert Screening.objects.filter(state=ScreeningState.SCREENED).count() == len(country.filings)
    found = Alert.objects.values_list("application", flat=True)
    references = Application.objects.filter(pk__in=list(found)).values_list("reference", flat=True)
    return {numbers[str(reference)] for reference in references}


@dataclass
class Row:
    """How many of what was planted were found."""

    found: int = 0
    planted: int = 0

    @property
    def recall(self) -> float:
        return self.found / self.planted

    def __add__(self, other: "Row") -> "Row":
        return Row(self.found + other.found, self.planted + other.planted)

    def __str__(self) -> str:
        return f"{self.found:7}{self.planted:9}{self.recall:9.0%}"


def counted(filings: Iterable[Filing], hits: set[int]) -> dict[str, Row]:
    """By label: of the pattern, or of the innocent, with brackets around it."""
    rows: dict[str, Row] = {}
    for filing in filings:
        label = filing.pattern or f"({filing.lookalike or 'innocent'})"
        rows.setdefault(label, Row())
        rows[label] += Row(filing.number in hits, 1)
    return rows


def show(rows: dict[str, Row], *, alerts: int, applications: int) -> None:
    """Print the table: P1 to P11 and what else is planted, apart by when it shows; then the innocent."""
    for shows in Shows:
        print(f"\nshows {shows}\n{'':28}{'found':>7}{'planted':>9}{'recall':>9}")
        labels = [label for label in PATTERNS if PATTERNS[label].shows is shows]
        for code in (*CODES, ""):
            ours = [label for label in labels if PATTERNS[label].code == code]
            if ours and code:
                print(f"{code:28}{sum((rows[label] for label in ours), Row())}")
            for label in ours:
                print(f"   {label:25}{rows[label]}")
        print(f"{'all':28}{sum((rows[label] for label in labels), Row())}")
    planted = sum((rows[label] for label in PATTERNS), Row())
    print(f"\n{'everything planted':28}{planted}\n\nnot planted")
    for label in sorted(rows.keys() - PATTERNS.keys()):
        print(f"   {label:25}{rows[label]}")
    print(f"precision {planted.found / alerts:.0%}, alerts on {alerts / applications:.1%} of applications")


def measured(seed: int) -> dict[str, Row]:
    """One country: what was found of what is planted, within the bounds of every country."""
    country = generate(seed=seed, applications=1500, until=UNTIL)
    with transaction.atomic():
        hits = alerted(country)
        transaction.set_rollback(True)
    rows = counted(country.filings, hits)
    print(f"\ncountry {seed}")
    show(rows, alerts=len(hits), applications=len(country.filings))

    assert sum((rows[label] for label in AT_FILING), Row()).recall >= 0.6
    assert sum((rows[label] for label in PATTERNS), Row()).found / len(hits) >= 0.5
    assert len(hits) / len(country.filings) < 0.15

    # Much recall here would mean that the country was bent: only an honest slip can draw attention to these.
    later = sum((rows[label] for label in PATTERNS if label not in AT_FILING), Row())
    assert later.planted >= 15
    assert later.recall < 0.2
    return rows


def test_what_shows_at_filing_is_found_and_few_innocents_are() -> None:
    """A pattern is planted two or three times a country, so that each is found is asked of all countries together."""
    countries = [measured(seed) for seed in SEEDS]
    missed = [label for label in AT_FILING if not sum((rows[label] for rows in countries), Row()).found]
    assert not missed, f"never found: {missed}"


def swap_origin(country: Country) -> None:
    """Everybody is of another origin; names, papers and terms stay."""
    codes = [nationality.code for nationality in SHARES.choices]
    for filing in country.filings:
        other = codes[(codes.index(filing.worker.nationality) + 5) % len(codes)]
        filing.worker.nationality = filing.worker.passport_issuer = other


def swap_sex(country: Country) -> None:
    """Women are men and men are women."""
    for filing in country.filings:
        filing.worker.sex = {"F": "M", "M": "F"}[filing.worker.sex]


def swap_reading(country: Country) -> None:
    """A control that must change something: nobody reads the contract."""
    for filing in country.filings:
        filing.terms.contract_languages, filing.terms.contract_states = ["hy"], ["wage"]
        filing.worker.languages = ["fa"]


def outcome(change: Callable[[Country], None] | None) -> set[int]:
    country = generate(seed=2, applications=150, until=UNTIL)
    if change:
        change(country)
    with transaction.atomic():
        hits = alerted(country)
        transaction.set_rollback(True)
    return hits


@pytest.mark.parametrize("change", [swap_origin, swap_sex])
def test_origin_and_sex_never_decide(change: Callable[[Country], None]) -> None:
    before = outcome(None)
    assert before
    assert outcome(change) == before


def test_the_comparison_notices_a_change_that_matters() -> None:
    assert outcome(swap_reading) != outcome(None)
