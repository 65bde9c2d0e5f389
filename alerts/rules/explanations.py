"""Explains findings in the words of the ruleset that made them, with the values behind them."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from alerts.evidence import Evidence
from alerts.models import Facts, Finding, FindingOutcome
from alerts.rules.content import Content, Rule
from wpis.formatting.sentences import in_sentence
from wpis.languages.reader import translated


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """One finding in the reader's language."""

    id: str  # of the rule
    title: str
    sentence: str
    false_positives: str
    evidence: Evidence
    supports: tuple[str, ...]
    hit: bool  # false: it could not be checked, which is not the same as clear


def explain(finding: Finding, content: Content | None) -> Explanation:
    """A finding in the words of its own ruleset; `content` is None where that cannot be read."""
    rule = None if content is None else content.rules.get(finding.indicator)
    if content is None or rule is None:
        return Explanation(
            id=finding.indicator,
            title=finding.indicator,
            sentence=_("Could not check: the ruleset of this finding cannot be read."),
            false_positives="",
            evidence=Evidence.CONTEXT,
            supports=(),
            hit=False,
        )
    return Explanation(
        id=finding.indicator,
        title=translated(rule.title),
        sentence=sentence(finding, content),
        false_positives=translated(rule.false_positives),
        evidence=rule.evidence,
        supports=rule.supports,
        hit=finding.outcome == FindingOutcome.HIT,
    )


def sentence(finding: Finding, content: Content) -> str:
    """Why, in words: what was found, or what was not known. Raises KeyError for a rule of another ruleset."""
    if finding.outcome == FindingOutcome.HIT:
        written = {name: in_sentence(value, _words(name, content)) for name, value in finding.values.items()}
        return translated(content.rules[finding.indicator].sentence).format_map(written)
    missing = missing_facts(finding, content.rules[finding.indicator])
    if not missing:
        return _("Could not be calculated with these values.")
    return _("Not known: %(names)s.") % {
        "names": "; ".join(translated(content.facts[name].label) for name in missing)
    }


def missing_facts(finding: Finding, rule: Rule) -> list[str]:
    """The facts that an unchecked finding would have needed, in the order of its sentence."""
    return [name for name, value in finding.values.items() if value is None and name in rule.needs]


def values(rule: Rule, facts: Facts | None) -> dict[str, Any]:
    """What a finding keeps: the facts its sentence names and the numbers of its ruleset, ready for JSON."""
    shown = {name: _plain(getattr(facts, name)) for name in rule.shows}
    return {**shown, **rule.thresholds}


def _words(fact: str, content: Content) -> dict[str, str]:
    """The words for the codes of a fact, in the reader's language."""
    known = content.facts.get(fact)
    return {code: translated(words) for code, words in known.words.items()} if known else {}


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value
