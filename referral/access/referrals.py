"""Which referrals an agency may open, and reading one. What may be read is up to `rule`; every reading is audited."""

from datetime import datetime

from django.db.models import QuerySet

from referral.access.rule import LASTING, readable_fields, readable_now
from referral.cases.consents import latest_answers
from referral.models import Consent, Referral
from wpis.accounts.models import User
from wpis.audit import trail

UNREAD = ("packet", "reason", "decline_reason", "outcome_note")
UNREAD_OF_CASE = ("case__person", "case__why", "case__contact_how", "case__contact_when", "case__contact_say")
"""Encrypted columns that a list leaves in the database."""


def received_by(user: User) -> QuerySet[Referral]:
    """Every referral that was sent to the agency of this person; none for somebody without an agency."""
    if not user.agency:
        return Referral.objects.none()
    return Referral.objects.filter(agency=user.agency).order_by("answer_due_at", "id")


def readable_by(user: User, *, at: datetime) -> list[Referral]:
    """The received referrals of which something can still be read, without their content."""
    rows = received_by(user).filter(state__in=LASTING, access_until__gt=at).select_related("case")
    candidates = list(rows.defer(*UNREAD, *UNREAD_OF_CASE))
    said = Consent.objects.filter(agency=user.agency, case__in={row.case_id for row in candidates})
    answers = {(answer.case_id, answer.purpose): answer for answer in latest_answers(said)}
    return [row for row in candidates if readable_fields(row, answers.get((row.case_id, row.purpose)), at=at)]


def read_referral(referral: Referral, *, by: User, at: datetime, **how: str) -> tuple[str, ...]:
    """The fields that `by` may see now, none once access has ended. Audits every reading and every late attempt.

    `how` is added to the audit event, such as the token of a program.
    """
    fields = readable_now(referral, at=at)
    if not fields:
        trail.record(
            "referral.disclosure.read_after_end", by=by, subject=referral, agency=referral.agency, **how
        )
        return ()
    trail.record(
        "referral.disclosure.read",
        by=by,
        subject=referral,
        agency=referral.agency,
        fields=list(fields),
        **how,
    )
    return fields
