"""The coded legal grounds that an officer names when deciding."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

from pydantic import Field

from wpis.languages.translated import ArmenianEnglish, TranslatedText
from wpis.law.confidence import Confidence
from wpis.law.errors import NotInForce
from wpis.strict_yaml import Document, Entry, Many, Text, Word

FILE = Path(__file__).with_name("grounds.yaml")


class Decision(StrEnum):
    """The kind of decision that a ground can support."""

    APPROVAL = "approval"
    REFUSAL = "refusal"
    REVOCATION = "revocation"


class _GroundEntry(Entry):
    code: Text
    title: ArmenianEnglish
    since: date = Field(alias="from")
    until: date | None = None
    reference: Text
    confidence: Word[Confidence]
    note: Text = ""


class _GroundsFile(Entry):
    approval: Many[_GroundEntry]
    refusal: Many[_GroundEntry]
    revocation: Many[_GroundEntry]


@dataclass(frozen=True, slots=True)
class Ground:
    """One ground, valid from `since` up to and including `until`."""

    code: str
    decision: Decision
    title: TranslatedText
    reference: str
    confidence: Confidence
    note: str
    since: date
    until: date | None

    def holds_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


def approval_grounds(day: date) -> tuple[Ground, ...]:
    """The grounds on which a permit may be granted on `day`, in the order of the law book."""
    return _holding(Decision.APPROVAL, day)


def refusal_grounds(day: date) -> tuple[Ground, ...]:
    """The grounds on which an application may be refused on `day`, in the order of the law book."""
    return _holding(Decision.REFUSAL, day)


def revocation_grounds(day: date) -> tuple[Ground, ...]:
    """The grounds on which a permit may be ended on `day`, in the order of the law book."""
    return _holding(Decision.REVOCATION, day)


def ground(code: str, day: date) -> Ground:
    """The ground with this code as it holds on `day`; raises NotInForce."""
    for candidate in grounds():
        if candidate.code == code and candidate.holds_on(day):
            return candidate
    raise NotInForce(f"ground {code}", day)


@cache
def grounds() -> tuple[Ground, ...]:
    """All grounds of all times, read once."""
    return read_grounds(FILE)


def read_grounds(file: Path) -> tuple[Ground, ...]:
    """The grounds written in a file; raises InvalidFile."""
    document = Document(file)
    written = document.read_as(_GroundsFile)
    found: list[Ground] = []
    for decision in Decision:
        for number, entry in enumerate(getattr(written, decision.value)):
            one = _ground(decision, entry)
            if one.until is not None and one.until < one.since:
                raise document.fault("'until' lies before 'from'", decision.value, number)
            if any(one.code == other.code and _overlap(one, other) for other in found):
                problem = f"the code '{one.code}' means two things on the same day"
                raise document.fault(problem, decision.value, number)
            found.append(one)
    return tuple(found)


def _holding(decision: Decision, day: date) -> tuple[Ground, ...]:
    return tuple(one for one in grounds() if one.decision is decision and one.holds_on(day))


def _overlap(one: Ground, other: Ground) -> bool:
    return one.since <= (other.until or date.max) and other.since <= (one.until or date.max)


def _ground(decision: Decision, entry: _GroundEntry) -> Ground:
    return Ground(
        code=entry.code,
        decision=decision,
        title=entry.title,
        reference=entry.reference,
        confidence=entry.confidence,
        note=entry.note,
        since=entry.since,
        until=entry.until,
    )
