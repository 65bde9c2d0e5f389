"""Cases, agencies, purposes and orders of answers as data, and an independent model of what may be read."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from referral.agencies.directory import agencies
from referral.states import Answer

WIDE, NARROW, OTHER = "wide", "narrow", "other"
"""A yes to every field, to the first two, and to the last one only."""

QUESTIONS = [(agency.slug, use.slug) for agency in agencies().values() for use in agency.purposes.values()]
"""Every (agency, purpose) of the directory."""

NEEDS_NO_CONSENT = {("labour-inspectorate", "inspection"), ("police-anti-trafficking", "danger")}
HEEDS_NO_REFUSAL = {("police-anti-trafficking", "danger")}
READS_AFTER_COMPLETION = {
    ("ngo-shelter", "shelter"),
    ("ngo-shelter", "legal_help"),
    ("victim-identification-commission", "identification"),
    ("labour-inspectorate", "labour_rights"),
}
"""The directory said again by hand, so that the model is independent of the code that reads the files."""


def mandate(question: tuple[str, str]) -> list[str]:
    """The fields of a purpose."""
    agency, purpose = question
    return list(agencies()[agency].purposes[purpose].fields)


def chosen(question: tuple[str, str], kind: str) -> list[str]:
    """The fields of each kind of yes."""
    fields = mandate(question)
    return {WIDE: fields, NARROW: fields[:2], OTHER: fields[-1:]}[kind]


@dataclass
class Said:
    """The last thing that the person said about one question."""

    answer: str = ""  # yes, no, not_now, withdrawn, or nothing yet
    fields: list[str] = field(default_factory=list)
    until: datetime | None = None


@dataclass
class Sent:
    """One referral in the model."""

    question: tuple[str, str]
    fields: list[str]
    until: datetime
    state: str = "sent"  # sent, accepted, declined, completed, dead


@dataclass
class Model:
    """One case: what was said last about each question, and what was sent on it."""

    said: dict[tuple[str, str], Said] = field(default_factory=dict)
    sent: dict[UUID, Sent] = field(default_factory=dict)

    def agreed(self, question: tuple[str, str], at: datetime) -> list[str]:
        """What the last word allows at that moment."""
        last = self.said.get(question, Said())
        if question in NEEDS_NO_CONSENT:
            refused = last.answer in ("no", "withdrawn") and question not in HEEDS_NO_REFUSAL
            return [] if refused else mandate(question)
        holds = last.answer == "yes" and last.until is not None and at < last.until
        return last.fields if holds else []

    def say(self, question: tuple[str, str], said: Said, at: datetime) -> None:
        """The person answers or withdraws; what is left without a single field is over for good."""
        self.said[question] = said
        for one in self.sent.values():
            if one.question == question:
                left = [name for name in one.fields if name in self.agreed(question, at)]
                if not left:
                    one.state = "dead"
                elif said.until is not None and question not in NEEDS_NO_CONSENT:
                    one.until = min(one.until, said.until)

    def readable(self, key: UUID, at: datetime) -> list[str]:
        """The fields that the agency reads now."""
        one = self.sent[key]
        over = one.state in ("declined", "dead") or at >= one.until
        if over or (one.state == "completed" and one.question not in READS_AFTER_COMPLETION):
            return []
        agreed = self.agreed(one.question, at)
        return [name for name in one.fields if name in agreed]


def end_of(day: datetime) -> datetime:
    """Midnight after a day in Yerevan."""
    midnight = timezone.localtime(day).replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + timedelta(days=1)


Step = Callable[[tuple[str, str], datetime], Said]


def yes(kind: str, days: int) -> Step:
    """A yes to these fields for so many days."""
    return lambda question, at: Said("yes", chosen(question, kind), end_of(at + timedelta(days=days)))


STEPS: dict[str, Step] = {
    "yes": yes(WIDE, 80),
    "narrower": yes(NARROW, 80),
    "elsewhere": yes(OTHER, 80),
    "short": yes(WIDE, 1),
    "no": lambda question, at: Said(Answer.NO),
    "not now": lambda question, at: Said(Answer.NOT_NOW),
    "withdrawn": lambda question, at: Said("withdrawn"),
}
"""What a person can say, by name."""
