"""A second ruleset with other numbers, published by two analysts; the first one explains what it found."""

import copy
from datetime import date

from alerts.models import Ruleset, RulesetStatus, Screening
from alerts.rules import rulesets
from alerts.screening.batch import screen
from tests.upgrade.stories.cast import Cast

STRICTER = {"A09": {"persons": 3}, "C02": {"workers": 2}, "A01": {"tolerance": 1.1}}


def publish(cast: Cast) -> None:
    """Retire what is live, publish stricter numbers, and put the first files to them as well.

    No action of release 0.1.0 publishes a ruleset: this is what an operator does by hand.
    """
    cast.clock.morning_of(date(2026, 6, 11))
    before = rulesets.current()
    chosen = copy.deepcopy(before.indicators)
    for indicator, thresholds in STRICTER.items():
        chosen[indicator]["thresholds"] |= thresholds
    before.status = RulesetStatus.RETIRED
    before.save(update_fields=["status"])
    after = Ruleset.objects.create(
        name="Ավելի խիստ կանոններ",
        version="R2026.2",
        status=RulesetStatus.LIVE,
        indicators=chosen,
        proposed_by=cast["zara"],
        approved_by=cast["levon"],
        starts_at=cast.clock(),
    )
    Ruleset.objects.create(
        name="Trial",
        version="R2026.3-trial",
        status=RulesetStatus.SHADOW,
        indicators={name: chosen[name] for name in ("A01", "A06", "C02")},
        proposed_by=cast["levon"],
        starts_at=cast.clock(),
    )
    first = list(Screening.objects.order_by("at", "pk").values_list("submission_id", flat=True)[:4])
    screen(first, after, cast.clock())
