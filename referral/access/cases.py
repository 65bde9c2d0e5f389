"""Who may open a case: its team, and other caseworkers for some hours after they gave a reason. Every part that is read
leaves an audit event."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from referral import powers
from referral.cases.team import in_team
from referral.models import Case
from wpis.accounts.models import User
from wpis.audit import trail


class ReasonNeeded(Exception):
    """Somebody outside the team asks for a case and has given no reason, or a while ago."""


def known_cases(user: User) -> QuerySet[Case]:
    """The cases of which `user` may know by alias: all with the power to work on cases, none without it."""
    if not powers.WORK.held_by(user):
        return Case.objects.none()
    return Case.objects.select_related("caseworker")


def read_case(case: UUID, part: str, *, by: User, at: datetime) -> Case | None:
    """A case for `by`, with an audit event that this part of it was read; None when there is none to open.

    Raises ReasonNeeded for a caseworker outside the team who has not said why; nothing was read then.
    """
    found = known_cases(by).filter(pk=case).first()
    if found is None:
        return None
    outside = {} if in_team(found, by) else {"outside": _reason(found, by, at)}
    trail.record("referral.case.read", by=by, subject=found, part=part, **outside)
    return found


def _reason(case: Case, by: User, at: datetime) -> str:
    given = case.outside_accesses.filter(by=by, at__lte=at, ends_at__gt=at).order_by("-at", "id").first()
    if given is None:
        raise ReasonNeeded
    return given.reason
