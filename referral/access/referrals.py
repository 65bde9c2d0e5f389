"""Who may open a referral: the agency that it was sent to, until its access ends. Every reading is audited."""

from datetime import datetime

from django.db.models import QuerySet

from referral.models import Referral
from wpis.accounts.models import User
from wpis.audit import trail


def received_by(user: User) -> QuerySet[Referral]:
    """Every referral that was sent to the agency of this person; none for somebody without an agency."""
    if not user.agency:
        return Referral.objects.none()
    return Referral.objects.filter(agency=user.agency).order_by("answer_due_at", "id")


def readable_by(user: User, *, at: datetime) -> QuerySet[Referral]:
    """The received referrals that can still be read, without their content."""
    still_open = received_by(user).filter(access_until__gt=at)
    return still_open.defer("packet", "reason", "decline_reason", "outcome_note")


def read_referral(referral: Referral, *, by: User, at: datetime, **how: str) -> bool:
    """Whether `by` may see now what was shared. Audits every reading, and every attempt after access has ended.

    `how` is added to the audit event, such as the token of a program.
    """
    if referral.access_until <= at:
        trail.record(
            "referral.disclosure.read_after_end", by=by, subject=referral, agency=referral.agency, **how
        )
        return False
    trail.record(
        "referral.disclosure.read",
        by=by,
        subject=referral,
        agency=referral.agency,
        fields=referral.fields,
        **how,
    )
    return True
