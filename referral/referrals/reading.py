"""Reading a referral: what an agency does before it answers."""

from datetime import datetime

from referral.models import Referral
from wpis.accounts.models import User
from wpis.audit import trail


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
