"""The coded legal grounds that an officer names when deciding."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

from wpis.law.errors import InvalidLaw, NotInForce
from wpis.law.reading import Confidence, Section, Words, read_mapping

FILE = Path(__file__).with_name("grounds.yaml")


class Decision(StrEnum):
    """What a ground can carry."""

    APPROVAL = "approval"
    REFUSAL = "refusal"
    REVOCATION = "revocation"


@dataclass(frozen=True, slots=True)
class Ground:
    """One ground, valid from `since` up to and including `until`."""

    code: str
    decision: Decision
    title: Words
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
    """The grounds written in a file; raises InvalidLaw."""
    content = read_mapping(file)
    content.only(tuple(Decision))
    found = tuple(
        _ground(decision, entry) for decision in Decision for entry in content.sections(decision.value)
    )
    for n, one in enumerate(found):
        for other in found[:n]:
            if one.code == other.code and _overlap(one, other):
                raise InvalidLaw(f"{file.name}: the code '{one.code}' means two things on the same day")
    return found


def _holding(decision: Decision, day: date) -> tuple[Ground, ...]:
    return tuple(one for one in grounds() if one.decision is decision and one.holds_on(day))


def _overlap(one: Ground, other: Ground) -> bool:
    return one.since <= (other.until or date.max) and other.since <= (one.until or date.max)


def _ground(decision: Decision, entry: Section) -> Ground:
    entry.only(("code", "title", "from", "until", "reference", "confidence", "note"))
    since, until = entry.day("from"), entry.day_or_none("until")
    if until is not None and until < since:
        raise entry.fault("'until' lies before 'from'")
    return Ground(
        code=entry.text("code"),
        decision=decision,
        title=entry.words("title"),
        reference=entry.text("reference"),
        confidence=entry.confidence(),
        note=entry.text("note", default=""),
        since=since,
        until=until,
    )
