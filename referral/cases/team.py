"""Who belongs to the team of a case: its caseworker, the colleagues named, and who looked after it before."""

from datetime import datetime

from django.db.models import QuerySet

from referral.models import Case, CaseMember
from referral.states import MemberKind
from wpis.accounts.models import User


def team(case: Case) -> QuerySet[CaseMember]:
    """The members beside the caseworker, in the order in which they came."""
    return case.members.filter(removed_at=None).select_related("member", "added_by")


def in_team(case: Case, user: User) -> bool:
    """Whether this person reads the case without giving a reason."""
    return case.caseworker_id == user.pk or case.members.filter(member=user, removed_at=None).exists()


def keep_former(case: Case, former: User, *, by: User, at: datetime) -> None:
    """Leave the former caseworker in the team, so that nothing on the case is hidden from them; replaces older rows."""
    case.members.filter(member=former, removed_at=None).update(removed_by=by, removed_at=at)
    CaseMember.objects.create(case=case, member=former, kind=MemberKind.FORMER, added_by=by, added_at=at)
