"""Rulesets: which versions of which indicators run, with which numbers."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from alerts.models import Ruleset, RulesetStatus
from alerts.rules.indicator import Indicator, Number
from alerts.rules.indicators import catalogue


class UnknownIndicator(LookupError):
    """A ruleset names an indicator, or a version of one, that this code does not have."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One indicator with the thresholds of a ruleset."""

    indicator: Indicator
    thresholds: Mapping[str, Number]


def defaults() -> dict[str, Any]:
    """The whole catalogue with its own thresholds, in the shape of `Ruleset.indicators`."""
    return {
        indicator.id: {"version": indicator.version, "thresholds": dict(indicator.thresholds)}
        for indicator in catalogue().values()
    }


def current() -> Ruleset:
    """The live ruleset. Raises Ruleset.DoesNotExist when none is live: then nothing can be screened."""
    return Ruleset.objects.get(status=RulesetStatus.LIVE)


def rules(ruleset: Ruleset) -> tuple[Rule, ...]:
    """What the ruleset runs, by id. Raises UnknownIndicator when the code has moved on without it."""
    return read(text(ruleset))


def text(ruleset: Ruleset) -> str:
    """The ruleset's choices as canonical text: two rulesets with one text say the same about everything."""
    return json.dumps(ruleset.indicators, sort_keys=True)


@lru_cache(maxsize=32)
def read(text: str) -> tuple[Rule, ...]:
    """The rules in a canonical text. Raises UnknownIndicator."""
    result = []
    for id, chosen in sorted(json.loads(text).items()):
        indicator = catalogue().get(id)
        if indicator is None or indicator.version != chosen["version"]:
            raise UnknownIndicator(f"{id} version {chosen['version']}")
        result.append(Rule(indicator, chosen["thresholds"]))
    return tuple(result)
