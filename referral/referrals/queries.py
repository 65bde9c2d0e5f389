"""Lists of referrals, for the caseworkers and for the agency that received them."""

from datetime import datetime

from django.db.models import QuerySet

from referral.models import Referral
from referral.states import ReferralState
from wpis.accounts.models import User


def overdue_referrals(at: datetime) -> QuerySet[Referral]:
    """Referrals whose agency let its time pass, whether or not a worker has marked them yet."""
    return (
        Referral.objects.filter(state=ReferralState.SENT, answer_due_at__lte=at)
        .select_related("case", "case__caseworker")
        .defer("packet", "case__person")
        .order_by("answer_due_at", "id")
    )


def received_by(user: User) -> QuerySet[Referral]:
    """Every referral that was sent to the agency of this person; none for somebody without an agency."""
    if not user.agency:
        return Referral.objects.none()
    return Referral.objects.filter(agency=user.agency).order_by("answer_due_at", "id")


def readable_by(user: User, at: datetime) -> QuerySet[Referral]:
    """The received referrals that can still be read, without their content."""
    still_open = received_by(user).filter(access_until__gt=at)
    return still_open.defer("packet", "reason", "decline_reason", "outcome_note")
