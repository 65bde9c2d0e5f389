"""What screening finds of what was planted: prints recall and precision per pattern, and holds modest bounds."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.db import transaction

from alerts.models import Alert, Screening, ScreeningState
from alerts.screening import screen_waiting
from permits.models import Application
from permits.simulation import load
from wpis.simulation.accounts import Actors
from wpis.simulation.country import Country
from wpis.simulation.generator import generate
from wpis.simulation.nationalities import SHARES
from wpis.simulation.patterns import PATTERNS

UNTIL, NOW = date(2026, 11, 20), datetime(2026, 11, 20, 20, tzinfo=UTC)
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


def test_each_planted_pattern_is_found_and_few_innocents_are() -> None:
    country = generate(seed=1, applications=300, until=UNTIL)
    hits = alerted(country)
    planted, found, innocent = Counter(), Counter(), Counter()
    for filing in country.filings:
        label = filing.pattern or (f"({filing.lookalike})" if filing.lookalike else "(innocent)")
        (planted if filing.pattern else innocent)[label] += 1
        found[label] += filing.number in hits
    true = sum(found[label] for label in planted)
    print(f"\n{'planted':24}{'found':>6}{'of':>6}{'recall':>9}")
    for label in PATTERNS:
        print(f"{label:24}{found[label]:6}{planted[label]:6}{found[label] / planted[label]:9.0%}")
    print(f"{'all':24}{true:6}{planted.total():6}{true / planted.total():9.0%}")
    for label, number in sorted(innocent.items()):
        print(f"{label:24}{found[label]:6}{number:6}")
    print(
        f"precision {true / len(hits):.0%}, alerts on {len(hits) / len(country.filings):.1%} of applications"
    )

    missed = [label for label in PATTERNS if not found[label]]
    assert not missed, f"never found: {missed}"
    assert true / planted.total() >= 0.6
    assert true / len(hits) >= 0.5
    assert len(hits) / len(country.filings) < 0.15


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
