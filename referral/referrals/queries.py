"""Lists of referrals for the caseworkers; what an agency may open: `referral/access/referrals.py`."""

from datetime import datetime

from django.db.models import QuerySet

from referral.models import Referral
from referral.states import ReferralState


def overdue_referrals(at: datetime) -> QuerySet[Referral]:
    """Referrals whose agency let its time pass, whether or not a worker has marked them yet."""
    return (
        Referral.objects.filter(state=ReferralState.SENT, answer_due_at__lte=at)
        .select_related("case", "case__caseworker")
        .defer("packet", "case__person")
        .order_by("answer_due_at", "id")
    )
