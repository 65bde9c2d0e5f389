"""Shows one covered value to a person who gives a reason, and audits that."""

from typing import Any

from referral.cases import person
from referral.models import Case
from wpis.accounts.models import User
from wpis.audit import trail


def reveal(case: Case, field: str, reason: str, *, by: User) -> Any:
    """The value of a covered field of the catalogue."""
    trail.record("referral.case.reveal", by=by, subject=case, field=field, reason=reason)
    return person.value(case, field)
