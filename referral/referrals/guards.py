"""Why a referral may not be sent, answered or withdrawn now: sentences, none when it may."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from referral.access.consent_guard import consent_missing
from referral.agencies.directory import Agency, Purpose
from referral.cases.guards import own_case
from referral.models import Case, Consent, Referral
from referral.states import OPEN_REFERRALS, CaseState
from wpis.accounts.models import User
from wpis.accounts.roles import Role


def sent_to_own_agency(referral: Referral, by: Any) -> list[str]:
    """Only the agency that a referral was sent to answers it."""
    if by.agency and by.agency == referral.agency:
        return []
    return [_("This was not sent to your agency.")]


def sent_from_own_case(referral: Referral, by: Any) -> list[str]:
    """Only the caseworker of the case withdraws a referral."""
    return own_case(referral.case, by)


def sendable(
    case: Case, agency: Agency, purpose: Purpose, consent: Consent | None, *, by: User, at: datetime
) -> list[str]:
    """Why this case may not be sent to this agency for this purpose now."""
    reasons = own_case(case, by)
    if case.state in (CaseState.CLOSED, CaseState.ON_HOLD):
        reasons.append(_("The case is closed or on hold. Take it up again first."))
    reasons += consent_missing(purpose, consent, at)
    again = case.referrals.filter(agency=agency.slug, purpose=purpose.slug, state__in=OPEN_REFERRALS)
    if again.exists():
        reasons.append(_("This was already sent to this agency and is still open."))
    today = timezone.localdate(at)
    if not User.objects.working_on(today).filter(role=Role.PARTNER, agency=agency.slug).exists():
        reasons.append(_("Nobody at this agency has an account yet, so nobody would see it."))
    return reasons
