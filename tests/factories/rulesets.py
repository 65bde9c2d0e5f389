"""Rulesets for tests: the live one, and variants of it."""

import copy
from collections.abc import Callable
from typing import Any

from alerts.models import Ruleset, RulesetStatus
from alerts.rules import rulesets
from alerts.rules.content import Content, digest, read
from tests.factories.records import AT


def live() -> Content:
    """What the live ruleset says."""
    return rulesets.content(rulesets.current())


def document(change: Callable[[dict[str, Any]], Any] = lambda document: None) -> dict[str, Any]:
    """A copy of the live ruleset's document, changed in place."""
    copied: dict[str, Any] = copy.deepcopy(Ruleset.objects.get(status=RulesetStatus.LIVE).content)
    change(copied)
    return copied


def rule_of(document: dict[str, Any], id: str) -> dict[str, Any]:
    """One rule in a document."""
    found: dict[str, Any] = next(rule for rule in document["rules"] if rule["id"] == id)
    return found


def changed(change: Callable[[dict[str, Any]], Any]) -> Content:
    """What a changed ruleset says; it is not stored."""
    return read(document(change))


def publish(
    document: Any, version: str = "R2026.2", status: RulesetStatus = RulesetStatus.LIVE, **fields: Any
) -> Ruleset:
    """Store a ruleset, by default in the place of the live one."""
    if status == RulesetStatus.LIVE:
        Ruleset.objects.filter(status=RulesetStatus.LIVE).update(status=RulesetStatus.RETIRED)
    return Ruleset.objects.create(
        **{
            "name": "Another ruleset",
            "version": version,
            "status": status,
            "content": document,
            "digest": digest(document),
            "starts_at": AT,
            **fields,
        }
    )
