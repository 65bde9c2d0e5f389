"""Closing a case after which no agency has anything left to look after ends their reading, for good."""

from datetime import datetime

from referral.models import Case
from referral.states import ENDS_READING
from wpis.accounts.models import User
from wpis.audit import trail


def end_reading(case: Case, outcome: str, *, by: User, at: datetime) -> None:
    """End every access that outlived its referral, in the caller's transaction, where the outcome says so.

    `access.rule` refuses such a case as long as it is closed. Written down, the end also holds once somebody opens the
    case again: what an agency may know then is sent anew, on what the person says then.
    """
    if outcome not in ENDS_READING:
        return
    lasting = case.referrals.filter(access_until__gt=at).select_for_update(of=("self",), no_key=True)
    for referral in lasting.order_by("sent_at", "pk"):
        referral.access_until = at
        referral.save(update_fields=["access_until"])
        trail.record("referral.disclosure.end_access", by=by, subject=referral)
