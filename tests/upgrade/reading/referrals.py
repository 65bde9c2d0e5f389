"""Cases, what the person answered, and what agencies were told."""

from functools import partial
from typing import Any

from referral.disclosure import presenters
from referral.models import Case, Consent, Referral
from tests.upgrade.reading.plain import in_languages


def case(row: Case) -> dict[str, Any]:
    """What is known of the person."""
    return {
        "reference": row.reference,
        "alias": row.alias,
        "state": row.state,
        "person": row.person,
        "why": row.why,
        "contact": [row.contact_how, row.contact_when, row.contact_say],
        "notes": [[note.kind, note.text] for note in row.notes.order_by("at", "id")],
    }


def consent(row: Consent) -> dict[str, Any]:
    """What the person answered."""
    return {
        "case": row.case_id,
        "agency": row.agency,
        "purpose": row.purpose,
        "answer": row.answer,
        "fields": row.fields,
        "interpreter": row.interpreter,
        "withdrawn_at": row.withdrawn_at,
    }


def referral(row: Referral) -> dict[str, Any]:
    """What an agency was told, as its page shows it, and what it answered."""
    return {
        "reference": row.reference,
        "case": row.case_id,
        "agency": row.agency,
        "state": row.state,
        "packet": row.packet,
        "digest": row.digest,
        "words": [row.reason, row.decline_reason, row.outcome_note],
        "shown": {
            field: in_languages(partial(presenters.value, field, value))
            for field, value in row.packet.items()
        },
    }
