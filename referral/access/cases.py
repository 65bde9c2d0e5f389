"""Who may open a case: any caseworker; each part that is read leaves an audit event."""

from uuid import UUID

from django.db.models import QuerySet

from referral import powers
from referral.models import Case
from wpis.accounts.models import User
from wpis.audit import trail


def readable_cases(user: User) -> QuerySet[Case]:
    """The cases that `user` may open: all of them with the power to work on cases, none without it."""
    if not powers.WORK.held_by(user):
        return Case.objects.none()
    return Case.objects.select_related("caseworker")


def read_case(case: UUID, part: str, *, by: User) -> Case | None:
    """A case for `by`, with an audit event that this part of it was read; None when there is none to open."""
    found = readable_cases(by).filter(pk=case).first()
    if found is not None:
        trail.record("referral.case.read", by=by, subject=found, part=part)
    return found
