"""What screening keeps: facts, identifiers, locks, rulesets, screenings, findings and alerts."""

from alerts.models.alert import Alert, AlertChange
from alerts.models.facts import Facts
from alerts.models.identifier import Identifier, IdentifierKind
from alerts.models.lock import ScreeningLock
from alerts.models.ruleset import Ruleset, RulesetStatus
from alerts.models.screening import Finding, FindingOutcome, Screening, ScreeningState

__all__ = [
    "Alert",
    "AlertChange",
    "Facts",
    "Finding",
    "FindingOutcome",
    "Identifier",
    "IdentifierKind",
    "Ruleset",
    "RulesetStatus",
    "Screening",
    "ScreeningLock",
    "ScreeningState",
]
