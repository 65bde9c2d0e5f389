"""Name colleagues who may read a case, and record why somebody outside its team reads it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from referral import powers
from referral.cases.clocks.team import outside_access_ends
from referral.cases.guards import own_case
from referral.cases.team import in_team, stays
from referral.models import Case, CaseMember, OutsideAccess
from referral.states import OutsideReason
from wpis.accounts.models import User
from wpis.accounts.powers import authorize
from wpis.audit import trail
from wpis.errors import Refused


@transaction.atomic
def record_outside_access(case: Case, reason: str, note: str, *, by: User, at: datetime) -> OutsideAccess:
    """Let somebody outside the team read the case for some hours; the team sees who and why in its history.

    Raises Refused for a reason that is not on the list, and for somebody of the team, who needs none.
    """
    authorize(by, powers.WORK)
    if reason not in OutsideReason.values:
        raise Refused(_("Choose why you need it."), field="reason")
    if in_team(case, by):
        raise Refused(_("You belong to the team of this case. Open it."))
    access = OutsideAccess.objects.create(
        case=case, by=by, reason=reason, note=note.strip() or None, at=at, ends_at=outside_access_ends(at)
    )
    trail.record("referral.case.read_outside", by=by, subject=case, reason=reason)
    return access


@transaction.atomic
def add_member(case: Case, member: User, *, by: User, at: datetime) -> CaseMember:
    """Name a colleague who may read the case. Raises Refused on another's case, or for somebody of its team."""
    case = _lock_own(case, by)
    if not powers.WORK.held_by(member) or in_team(case, member):
        raise Refused(_("Choose a caseworker who is not in the team yet."), field="colleague")
    added = CaseMember.objects.create(case=case, member=member, added_by=by, added_at=at)
    trail.record("referral.member.add", by=by, subject=case, member=str(member.pk))
    return added


@transaction.atomic
def remove_member(member: CaseMember, *, by: User, at: datetime) -> None:
    """End a colleague's reading without a reason; twice changes nothing.

    Raises Refused on another's case, and for a colleague from whom the case was taken over lately: who takes a case
    over would otherwise be alone with it.
    """
    case = _lock_own(member.case, by)
    if stays(member, at):
        raise Refused(
            _("This case lately was %(name)s's. They stay in its team for now.") % {"name": member.member}
        )
    if CaseMember.objects.filter(pk=member.pk, removed_at=None).update(removed_by=by, removed_at=at):
        trail.record("referral.member.remove", by=by, subject=case, member=str(member.member_id))


def _lock_own(case: Case, by: User) -> Case:
    authorize(by, powers.WORK)
    case = Case.objects.select_for_update(no_key=True).get(pk=case.pk)
    if reasons := own_case(case, by):
        raise Refused(reasons)
    return case
