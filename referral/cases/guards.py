"""Why a step of a case may not be taken now: sentences, none when it may."""

from typing import Any

from django.utils.translation import gettext as _

from referral.models import Case
from referral.states import OPEN_REFERRALS, ClosingDecision, ReferralState


def own_case(case: Case, by: Any) -> list[str]:
    """Only the caseworker of a case works on it."""
    if case.caseworker_id == getattr(by, "pk", None):
        return []
    return [_("Another caseworker has this case. Take it over first.")]


def case_of_another(case: Case, by: Any) -> list[str]:
    """Nobody takes over their own case."""
    if case.caseworker_id == getattr(by, "pk", None):
        return [_("You look after this case already.")]
    return []


def ready_for_contact(case: Case, by: Any) -> list[str]:
    """Nobody is contacted before it is known how that is safe, and in which language (E10)."""
    reasons = own_case(case, by)
    if not case.contact_how:
        reasons.append(_("Record first how the person can be reached safely."))
    if not case.language:
        reasons.append(_("Record first in which language to speak with the person."))
    return reasons


def open_referrals(case: Case) -> list[str]:
    """Referrals that an agency still works on block closing."""
    open_now = case.referrals.filter(state__in=OPEN_REFERRALS).order_by("sent_at", "pk").only("reference")
    return [
        _("Referral %(reference)s is still open. Wait for its outcome, or withdraw it.")
        % {"reference": referral.reference}
        for referral in open_now
    ]


def nothing_open(case: Case, by: Any) -> list[str]:
    """A case without open referrals: one's own, or one whose closing `by` has just confirmed as the second person."""
    reasons = own_case(case, by)
    if reasons and _just_confirmed(case, by):
        reasons = []
    return reasons + open_referrals(case)


def _just_confirmed(case: Case, by: Any) -> bool:
    """Whether `by` confirmed what the caseworker proposed, and the case was not closed on that yet."""
    latest = case.closing_proposals.filter(decision=ClosingDecision.CONFIRMED).order_by("-decided_at").first()
    if latest is None or (latest.decided_by_id, latest.proposed_by_id) != (by.pk, case.caseworker_id):
        return False
    return not case.changes.filter(step="close", at__gte=latest.decided_at).exists()


def answered_by_all(case: Case, by: Any) -> list[str]:
    """Every agency has answered; asked by the caseworker of the case or by an agency that it was sent to."""
    if case.caseworker_id != getattr(by, "pk", None):
        agency = getattr(by, "agency", "")
        if not agency or not case.referrals.filter(agency=agency).exists():
            return [_("This case was not sent to your agency.")]
    if case.referrals.filter(state=ReferralState.SENT).exists():
        return [_("Another agency has not answered yet.")]
    return []
