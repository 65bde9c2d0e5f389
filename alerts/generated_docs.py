"""The starting ruleset, printed: the indicators and typologies that a new installation begins with."""

from collections.abc import Callable
from typing import Any

from alerts.delphi import INDICATORS
from alerts.rules import content, starting
from alerts.rules.expression import JOINED, THRESHOLD
from wpis.generated_docs import HEAD, row
from wpis.languages.reader import translated


def rule(node: Any) -> str:
    """A rule as people write it: `monthly_gross < minimum_gross * tolerance`."""
    if isinstance(node, bool):
        return str(node)
    if not isinstance(node, dict):
        return f"{node}"
    ((operator, parts),) = node.items()
    if operator == "var":
        return str(parts.removeprefix(THRESHOLD))
    if operator in JOINED:
        return f" {operator} ".join(f"({rule(part)})" for part in parts)
    return f" {'=' if operator == '==' else operator} ".join(rule(part) for part in parts)


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
    ruleset = content.read(starting.document())
    for id, one in ruleset.rules.items():
        items = "<br>".join(
            f"{code} {INDICATORS[code].text}" if code in INDICATORS else code for code in one.supports
        )
        thresholds = ", ".join(f"{name} = {value}" for name, value in one.thresholds.items())
        facts = ", ".join(sorted(one.needs))
        out.append(
            row(
                f"{id} v{one.version}",
                translated(one.title),
                f"`{rule(one.when)}`",
                thresholds,
                facts,
                one.evidence.label,
                items,
                translated(one.false_positives),
            )
        )
    out += ["\n## Typologies: which findings together raise an alert\n"]
    out += [row("typology", "level", "all of these, in one line", "source"), "|---|---|---|---|"]
    for each in ruleset.typologies.values():
        lines = "<br>".join(", ".join(sorted(needed)) for needed in each.when)
        out.append(row(each.label, each.level.label, lines, each.source))
    return "\n".join(out) + "\n"


GENERATED_DOCS: dict[str, Callable[[], str]] = {"indicators.md": indicator_catalogue}
