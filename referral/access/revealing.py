"""Which covered values of a case may be shown, and showing one to a person who gives a reason, with an audit event."""

from typing import Any

from referral.cases import person
from referral.models import Case
from referral.shared_fields.catalogue import catalogue
from wpis.accounts.models import User
from wpis.audit import trail


def can_be_revealed(field: str) -> bool:
    """Whether this is a field of the overview that is covered until somebody asks for it with a reason."""
    return field in catalogue() and catalogue()[field].masked and field not in person.FROM_CASE


def reveal(case: Case, field: str, reason: str, *, by: User) -> Any:
    """The value of a covered field of the catalogue."""
    trail.record("referral.case.reveal", by=by, subject=case, field=field, reason=reason)
    return person.value(case, field)
