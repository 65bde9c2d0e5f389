"""Who belongs to the team of a case: its caseworker, the colleagues named, and who looked after it before."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from referral.cases.clocks.team import lately
from referral.models import Case, CaseMember
from referral.states import MemberKind
from wpis.accounts.models import User


def team(case: Case) -> QuerySet[CaseMember]:
    """The members beside the caseworker, in the order in which they came."""
    return case.members.filter(removed_at=None).select_related("member", "added_by")


def cases_of_team(cases: Iterable[UUID], user: User) -> set[UUID]:
    """Those of these cases to whose team `user` belongs; one query."""
    looks_after = Case.objects.filter(pk__in=cases, caseworker=user).values_list("pk", flat=True)
    named = CaseMember.objects.filter(case__in=cases, member=user, removed_at=None)
    return set(looks_after.union(named.values_list("case_id", flat=True)))


def stays(member: CaseMember, at: datetime) -> bool:
    """Whether nobody removes this colleague yet: the case lately was theirs, and they see what becomes of it."""
    return member.kind == MemberKind.FORMER and member.added_at > lately(at)


def in_team(case: Case, user: User) -> bool:
    """Whether this person reads the case without giving a reason."""
    return case.caseworker_id == user.pk or case.members.filter(member=user, removed_at=None).exists()


def keep_former(case: Case, former: User, *, by: User, at: datetime) -> None:
    """Leave the former caseworker in the team, so that nothing on the case is hidden from them; replaces older rows."""
    case.members.filter(member=former, removed_at=None).update(removed_by=by, removed_at=at)
    CaseMember.objects.create(case=case, member=former, kind=MemberKind.FORMER, added_by=by, added_at=at)
