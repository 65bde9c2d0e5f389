"""Previews the letter of a proposed decision in the employer's language."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from permits.models import Application, Outcome
from wpis.law import Confidence
from wpis.law.deadline import appeal_due
from wpis.law.grounds import ground as ground_on


@dataclass(frozen=True, slots=True)
class Preview:
    """What the employer will read; an unconfirmed `reference` is left out, `appeal_until` is the last day to appeal."""

    language: str
    employer: str
    outcome: Outcome
    ground: str
    reference: str
    reason: str
    appeal_until: date | None


def preview(application: Application, outcome: str, *, ground: str, reason: str, decided_on: date) -> Preview:
    """The content for a decision that becomes final on a day; its ground is that of the day of first receipt."""
    language = application.language
    assert application.submitted_at
    named = ground_on(ground, timezone.localdate(application.submitted_at))
    return Preview(
        language=language,
        employer=application.employer.name(language),
        outcome=Outcome(outcome),
        ground=named.title.in_language(language),
        reference=named.reference if named.confidence is Confidence.CONFIRMED else "",
        reason=reason.strip(),
        appeal_until=appeal_due(decided_on) if outcome == Outcome.REFUSAL else None,
    )
