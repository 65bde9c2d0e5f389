"""A second ruleset with other numbers, published by two analysts; the first one explains what it found."""

import copy
from datetime import date
from typing import Any

from alerts.models import Ruleset, RulesetStatus, Screening
from alerts.rules import proposals, rulesets
from alerts.screening.batch import screen
from tests.upgrade.stories.cast import Cast

STRICTER = {"A09": {"persons": 3}, "C02": {"workers": 2}, "A01": {"tolerance": 1.1}}
TRIAL = ("A01", "A06", "C02")


def publish(cast: Cast) -> None:
    """Retire what is live, publish stricter numbers, and put the first files to them as well.

    Written by hand, so that each status is there.
    """
    cast.clock.morning_of(date(2026, 6, 11))
    before = rulesets.current()
    stricter, trial = copy.deepcopy(before.content), copy.deepcopy(before.content)
    for rule in stricter["rules"]:
        rule["thresholds"] |= STRICTER.get(rule["id"], {})
    trial["rules"] = [rule for rule in trial["rules"] if rule["id"] in TRIAL]
    trial["typologies"] = [each for each in trial["typologies"] if {*each["when"][0]} <= {*TRIAL}]
    after = _proposed(cast, stricter, "Ավելի խիստ կանոններ", "R2026.2")
    shadow = _proposed(cast, trial, "Trial", "R2026.3-trial")
    _proposed(cast, trial, "Սպասում է", "R2026.4")
    _become(before, RulesetStatus.RETIRED)
    after.approved_by = cast["levon"]
    _become(after, RulesetStatus.LIVE)
    _become(shadow, RulesetStatus.SHADOW)
    first = list(Screening.objects.order_by("at", "pk").values_list("submission_id", flat=True)[:4])
    screen(first, after, cast.clock())


def _proposed(cast: Cast, content: dict[str, Any], name: str, version: str) -> Ruleset:
    return proposals.propose(content, name=name, version=version, by=cast["zara"], at=cast.clock())


def _become(ruleset: Ruleset, status: RulesetStatus) -> None:
    ruleset.status = status
    ruleset.save(update_fields=["status", "approved_by"])
