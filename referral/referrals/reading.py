"""What a body does with an item before it answers: opening it."""

from datetime import datetime
from typing import Any

from referral.models import Referral
from wpis.accounts.models import User
from wpis.audit import trail


def open(item: Referral, by: User, at: datetime, **how: Any) -> bool:
    """Whether `by` may see what was shared, now. Every opening is audited, and every attempt after the end.

    `how` is told in the audit row besides, as in the token of a program.
    """
    if item.access_until <= at:
        trail.record("referral.disclosure.read_after_end", by=by, subject=item, agency=item.agency, **how)
        return False
    trail.record(
        "referral.disclosure.read", by=by, subject=item, agency=item.agency, fields=item.fields, **how
    )
    return True
