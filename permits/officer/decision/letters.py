"""Previews the letter of a proposed decision in the employer's language."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone, translation

from permits.assessment.citations import article
from permits.case_types.registry import case_type
from permits.models import Application, Outcome
from wpis.law.grounds import ground as ground_on


@dataclass(frozen=True, slots=True)
class Preview:
    """What the employer will read; an unconfirmed `reference` is left out, `appeal_until` is the last day to appeal.

    `approved` says in that language what an approval of this case type does.
    """

    language: str
    employer: str
    worker: str
    outcome: Outcome
    approved: str
    ground: str
    reference: str
    reason: str
    appeal_until: date | None


def preview(application: Application, outcome: str, *, ground: str, reason: str, decided_on: date) -> Preview:
    """The content for a decision that becomes final on a day; its ground is that of the day of first receipt."""
    language, declared = application.language, case_type(application.kind)
    assert application.submitted_at
    named = ground_on(ground, timezone.localdate(application.submitted_at))
    with translation.override(language):
        approved = str(declared.approval.letter) % {"reference": application.reference}
        reference = article(named.reference, named.confidence)
    return Preview(
        language=language,
        employer=application.employer.name(language),
        worker=application.worker.full_name,
        outcome=Outcome(outcome),
        approved=approved,
        ground=named.title.in_language(language),
        reference=reference,
        reason=reason.strip(),
        appeal_until=declared.appeal_due(decided_on) if outcome == Outcome.REFUSAL else None,
    )
