"""The indicator catalogue and the typologies, printed from the code."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q, Value
from django.db.models.expressions import CombinedExpression

from alerts.delphi import INDICATORS
from alerts.rules.indicators import catalogue
from alerts.rules.typologies import typologies
from wpis.generated_docs import HEAD, row

COMPARED = {"lt": "<", "lte": "<=", "gt": ">", "gte": ">=", "exact": "="}


def rule(node: Any) -> str:
    """A rule as people write it: `monthly_gross < minimum_gross * tolerance`."""
    if isinstance(node, Q):
        parts = [rule(child) for child in node.children]
        return f" {node.connector.lower()} ".join(
            parts if len(parts) == 1 else [f"({part})" for part in parts]
        )
    if isinstance(node, tuple):
        fact, _, lookup = node[0].partition("__")
        return f"{fact} {COMPARED[lookup or 'exact']} {rule(node[1])}"
    if isinstance(node, CombinedExpression):
        return f"{rule(node.lhs)} {node.connector} {rule(node.rhs)}"
    if isinstance(node, Value):
        return str(node.value)
    return str(getattr(node, "name", node))


def indicator_catalogue() -> str:
    """Every indicator with its rule, thresholds, ILO items and known false positives."""
    out = [
        HEAD,
        "# Indicators and typologies\n",
        "An indicator is a reason for a person to look, never a verdict. Nationality and sex are no facts here.\n",
        row(
            "id",
            "what",
            "rule",
            "thresholds",
            "facts it needs",
            "evidence",
            "supports (once confirmed)",
            "may also mean",
        ),
        "|---|---|---|---|---|---|---|---|",
    ]
    for id, one in catalogue().items():
        items = "<br>".join(
            f"{code} {INDICATORS[code].text}" if code in INDICATORS else code for code in one.supports
        )
        thresholds = ", ".join(f"{name} = {value}" for name, value in one.thresholds.items())
        facts = ", ".join(sorted(one.needs))
        out.append(
            row(
                f"{id} v{one.version}",
                one.title,
                f"`{rule(one.when)}`",
                thresholds,
                facts,
                one.evidence.label,
                items,
                one.false_positives,
            )
        )
    out += ["\n## Typologies: which findings together raise an alert\n"]
    out += [row("typology", "level", "all of these, in one line", "source"), "|---|---|---|---|"]
    for each in typologies().values():
        lines = "<br>".join(", ".join(sorted(needed)) for needed in each.when)
        out.append(row(each.label, each.level.label, lines, each.source))
    return "\n".join(out) + "\n"


GENERATED_DOCS: dict[str, Callable[[], str]] = {"indicators.md": indicator_catalogue}
