"""Explains findings in words, with the values behind them."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alerts.models import Facts, Finding, FindingOutcome
from alerts.rules.indicators import catalogue
from alerts.rules.rulesets import Rule
from wpis.formatting.sentences import in_sentence

TERM_NAMES = {
    "wage": gettext_lazy("the wage"),
    "hours": gettext_lazy("the working hours"),
    "place": gettext_lazy("the place of work"),
    "signatures": gettext_lazy("both signatures"),
}


def values(rule: Rule, facts: Facts | None) -> dict[str, Any]:
    """What a finding keeps: the facts its sentence names and the numbers of its ruleset, ready for JSON."""
    shown = {name: _plain(getattr(facts, name)) for name in rule.indicator.shows}
    return {**shown, **rule.thresholds}


def sentence(finding: Finding) -> str:
    """Why, in words: what was found, or what was not known."""
    if finding.outcome == FindingOutcome.HIT:
        indicator = catalogue()[finding.indicator]
        return str(indicator.explains).format_map(
            {name: in_sentence(value, TERM_NAMES) for name, value in finding.values.items()}
        )
    missing = [str(label(name)) for name in missing_facts(finding)]
    return _("Not known: %(names)s.") % {"names": "; ".join(missing)}


def missing_facts(finding: Finding) -> list[str]:
    """The facts that an unchecked finding would have needed, in the order of its sentence."""
    needs = catalogue()[finding.indicator].needs
    return [name for name, value in finding.values.items() if value is None and name in needs]


def label(fact: str) -> Any:
    """A fact's name for people."""
    return getattr(Facts._meta.get_field(fact), "verbose_name")  # noqa: B009


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value
