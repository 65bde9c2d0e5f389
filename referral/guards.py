"""Reasons why something may not happen now; each returns sentences, empty when it may."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.utils import timezone
from django.utils.translation import gettext as _

from referral.agencies.directory import Agency, Purpose
from referral.states import OPEN_REFERRALS, Answer, CaseState, ReferralState

if TYPE_CHECKING:
    from referral.models import Consent


def own_case(case: Any, by: Any) -> list[str]:
    """Only the caseworker of a case works on it."""
    if case.caseworker_id == getattr(by, "pk", None):
        return []
    return [_("Another caseworker has this case. Take it over first.")]


def ready_for_contact(case: Any, by: Any) -> list[str]:
    """Nobody is contacted before it is known how that is safe, and in which language (E10)."""
    reasons = own_case(case, by)
    if not case.contact_how:
        reasons.append(_("Record first how the person can be reached safely."))
    if not case.language:
        reasons.append(_("Record first in which language to speak with the person."))
    return reasons


def open_items(case: Any) -> list[str]:
    """Referrals that still wait for a body block closing."""
    open_now = _referrals(case).filter(state__in=OPEN_REFERRALS).order_by("sent_at", "pk")
    return [
        _("Referral %(reference)s is still open. Wait for its outcome, or withdraw it.")
        % {"reference": item.reference}
        for item in open_now
    ]


def nothing_open(case: Any, by: Any) -> list[str]:
    """An own case without open referrals."""
    return own_case(case, by) + open_items(case)


def answered_by_all(case: Any, by: Any) -> list[str]:
    """Every body has answered; asked by the caseworker of the case or by a body that it was sent to."""
    referrals = _referrals(case)
    if case.caseworker_id != getattr(by, "pk", None):
        organisation = getattr(by, "organisation", "")
        if not organisation or not referrals.filter(agency=organisation).exists():
            return [_("This case was not sent to your organisation.")]
    if referrals.filter(state=ReferralState.SENT).exists():
        return [_("Another body has not answered yet.")]
    return []


def own_item(referral: Any, by: Any) -> list[str]:
    """Only the body that an item was sent to answers it."""
    if by.organisation and by.organisation == referral.agency:
        return []
    return [_("This was not sent to your organisation.")]


def item_of_own_case(referral: Any, by: Any) -> list[str]:
    """Only the caseworker of the case takes a referral back."""
    return own_case(referral.case, by)


def consent_missing(purpose: Purpose, consent: "Consent | None", at: datetime) -> list[str]:
    """Why the person's answer does not allow this purpose now; `consent` is the newest answer for it."""
    if not purpose.needs_consent:
        refused = consent is not None and consent.answer == Answer.NO and consent.withdrawn_at is None
        if refused and not purpose.overrides_refusal:
            return [_("The person said no to this. It is not sent.")]
        return []
    if consent is None:
        return [_("The person has not been asked yet. Record an answer first.")]
    if consent.withdrawn_at is not None:
        return [_("The person took the agreement back.")]
    if consent.answer == Answer.NO:
        return [_("The person said no to this. It is not sent.")]
    if consent.answer == Answer.NOT_NOW:
        return [_("The person has not decided yet. It is not sent without a yes.")]
    if consent.valid_until is not None and consent.valid_until < timezone.localdate(at):
        return [_("The agreement has run out. Ask the person again.")]
    return []


def sendable(
    case: Any, agency: Agency, purpose: Purpose, consent: "Consent | None", by: Any, at: datetime
) -> list[str]:
    """Why this case may not be sent to this body for this purpose now."""
    reasons = own_case(case, by)
    if case.state in (CaseState.CLOSED, CaseState.ON_HOLD):
        reasons.append(_("The case is closed or on hold. Take it up again first."))
    reasons += consent_missing(purpose, consent, at)
    again = _referrals(case).filter(agency=agency.slug, purpose=purpose.slug, state__in=OPEN_REFERRALS)
    if again.exists():
        reasons.append(_("This was already sent to this body and is still open."))
    users = apps.get_model("accounts.User")
    if not users._base_manager.filter(role="partner", organisation=agency.slug, is_active=True).exists():
        reasons.append(_("Nobody at this body has an account yet, so nobody would see it."))
    return reasons


def _referrals(case: Any) -> Any:
    return apps.get_model("referral.Referral")._base_manager.filter(case=case)
