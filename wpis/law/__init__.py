"""The law book: dated values and grounds with their sources, and the working calendar of Armenia."""

from wpis.law.book import Citation, Law, in_force
from wpis.law.confidence import Confidence
from wpis.law.deadline import decision_due
from wpis.law.errors import NotInForce
from wpis.law.grounds import Ground, approval_grounds, ground, refusal_grounds, revocation_grounds
from wpis.strict_yaml import InvalidFile

__all__ = [
    "Citation",
    "Confidence",
    "Ground",
    "InvalidFile",
    "Law",
    "NotInForce",
    "approval_grounds",
    "decision_due",
    "ground",
    "in_force",
    "refusal_grounds",
    "revocation_grounds",
]
