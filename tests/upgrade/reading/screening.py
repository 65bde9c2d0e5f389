"""Facts, screenings and alerts, with what the rulesets that made them say today."""

from collections.abc import Iterable
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID

from alerts.facts import from_submission
from alerts.models import Alert, Facts, Finding, Screening, ScreeningState
from alerts.models.facts import names as names_of_facts
from alerts.rules import engine, rulesets
from alerts.rules.content import Content
from alerts.rules.explanations import Explanation, explain
from alerts.rules.typologies import raised_by
from tests.upgrade.reading.files import record_of
from tests.upgrade.reading.plain import as_json, in_languages


def facts(row: Facts) -> dict[str, Any]:
    """The stored facts, by name."""
    return {name: getattr(row, name) for name in names_of_facts()}


def first_facts() -> Iterable[Facts]:
    """Of each submission, the facts that were built first: later builders append."""
    return Facts.objects.order_by("submission_id", "builder_version").distinct("submission_id")


def facts_stated(submission: str) -> dict[str, Any]:
    """Of those, what the submission says by itself, read out of it anew, as JSON-ready data."""
    stated = from_submission.facts(record_of(UUID(submission)))
    return as_json({name: _as_stored(name, value) for name, value in stated.items()})


def _as_stored(fact: str, value: Any) -> Any:
    """A number with the places of its column."""
    places = getattr(Facts._meta.get_field(fact), "decimal_places", None)
    return value if value is None or places is None else round(Decimal(str(value)), places)


def screening(row: Screening) -> dict[str, Any]:
    """What the ruleset says about the facts, computed now."""
    said: dict[str, Any] = {
        "submission": row.submission_id,
        "ruleset": row.ruleset.version,
        "state": row.state,
        "error": row.error,
    }
    if row.state == ScreeningState.SCREENED:
        assert row.facts_id
        content = rulesets.content(row.ruleset)
        answer = engine.evaluate(content, [row.facts_id])[row.facts_id]
        raised = raised_by(answer.hits, content.typologies)
        said |= {
            "hits": answer.hits,
            "unknowns": answer.unknowns,
            "clears": answer.clears,
            "raises": [list(raised.typologies), raised.level, raised.child] if raised else None,
        }
    return said


def finding(row: Finding) -> dict[str, Any]:
    """What was found, in words."""
    return {
        "submission": row.screening.submission_id,
        "indicator": row.indicator,
        "version": row.version,
        "outcome": row.outcome,
        "values": row.values,
        "sentence": in_languages(lambda: _explained(row).sentence),
    }


def rules() -> dict[str, Any]:
    """The words of every rule that ever found something, by ruleset."""
    found: dict[str, Any] = {}
    for row in Finding.objects.select_related("screening__ruleset").order_by("indicator"):
        said = found.setdefault(row.screening.ruleset.version, {})
        if row.indicator not in said:
            said[row.indicator] = rule(row)
    return found


def rule(row: Finding) -> dict[str, Any]:
    """What a rule is called and what else may explain its finding."""
    return {
        "title": in_languages(lambda: _explained(row).title),
        "false_positives": in_languages(lambda: _explained(row).false_positives),
        "evidence": _explained(row).evidence,
    }


def _explained(row: Finding) -> Explanation:
    return explain(row, rulesets.content(row.screening.ruleset))


def alert(row: Alert) -> dict[str, Any]:
    """What asks a person to look, and which steps were taken."""
    content = rulesets.content(row.screening.ruleset)
    return {
        "reference": row.reference,
        "submission": row.screening.submission_id,
        "level": row.level,
        "child": row.child,
        "state": row.state,
        "due_at": row.due_at,
        "typologies": {id: in_languages(partial(_title_of, id, content)) for id in row.typologies},
        "steps": [(change.step, change.reason) for change in row.changes.order_by("at", "id")],
    }


def _title_of(typology: str, content: Content) -> str:
    return rulesets.titles([typology], content)[0]
