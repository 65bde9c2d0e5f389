"""Send a referral to a body, and what the body does with it."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alerts import handover
from referral import guards, powers
from referral.agencies.directory import Agency, Purpose
from referral.agencies.directory import agency as body
from referral.disclosure import packet
from referral.disclosure.packet import Packet
from referral.models import Case, Consent, Referral
from referral.referrals import channels, reminders
from referral.states import TAKEN_ON, CaseOutcome, CaseState, ReferralState
from referral.workflow import CASE, REFERRAL
from wpis.accounts.models import User
from wpis.accounts.powers import authorize
from wpis.audit import trail
from wpis.errors import Refused


def newest_consent(case: Case, agency: Agency, purpose: Purpose) -> Consent | None:
    """The person's newest answer for this body and purpose; None when never asked."""
    return (
        case.consents.filter(agency=agency.slug, purpose=purpose.slug).order_by("-recorded_at", "id").first()
    )


def preview(case: Case, agency: Agency, purpose: Purpose) -> Packet:
    """Exactly what would be sent now, and what would stay here and why."""
    return packet.build(case, agency, purpose, newest_consent(case, agency, purpose))


def access_until(agency: Agency, purpose: Purpose, consent: Consent | None, at: datetime) -> datetime:
    """When the body loses sight of what is sent at `at`: after its time, or earlier when the agreement ends."""
    longest = agency.access_until(at)
    if not purpose.needs_consent or consent is None or consent.valid_until is None:
        return longest
    day_after = datetime.combine(consent.valid_until + timedelta(days=1), time())
    return min(longest, timezone.make_aware(day_after))


@transaction.atomic
def send(
    case: Case,
    agency: Agency,
    purpose: Purpose,
    by: User,
    at: datetime,
    *,
    token: UUID,
    digest: str,
    reason: str = "",
) -> Referral:
    """Send what was previewed: `digest` must be that of the preview, `token` makes a second click harmless.

    `reason` says why it is sent without being asked, for a purpose that needs no consent. Raises Refused when
    consent, mandate or state do not allow it, or when the content has changed since the preview.
    """
    authorize(by, powers.WORK)
    case = Case.objects.select_for_update(no_key=True).get(pk=case.pk)
    if clicked_before := case.referrals.filter(token=token).first():
        return clicked_before
    consent = newest_consent(case, agency, purpose)
    if reasons := guards.sendable(case, agency, purpose, consent, by, at):
        raise Refused(reasons)
    if not purpose.needs_consent and not reason.strip():
        raise Refused(_("Say why this is sent without the person's agreement."), field="reason")
    content = packet.build(case, agency, purpose, consent)
    if content.digest != digest:
        raise Refused(_("What would be sent has changed since the preview. Look at it again, then send."))
    ground = agency.legal_ground.reference if purpose.ground is None else purpose.ground.reference
    item = Referral.objects.create(
        case=case,
        agency=agency.slug,
        purpose=purpose.slug,
        legal_ground=ground,
        consent=consent if purpose.needs_consent else None,
        reason=reason.strip() or None,
        fields=list(content.shared),
        packet=content.shared,
        digest=content.digest,
        token=token,
        sent_by=by,
        sent_at=at,
        answer_due_at=agency.answer_due(at),
        access_until=access_until(agency, purpose, consent, at),
    )
    trail.record(
        "referral.disclosure.send",
        by=by,
        subject=item,
        case=str(case.pk),
        agency=agency.slug,
        purpose=purpose.slug,
        fields=item.fields,
        digest=item.digest,
    )
    if case.state != CaseState.REFERRED:
        CASE.perform(case, "refer", by=by, at=at)
    channels.deliver(agency, item, at)
    reminders.expect_answer(item, at)
    return item


@transaction.atomic
def accept(item: Referral, by: User, at: datetime) -> Referral:
    """The body takes it on. Raises Refused when it was answered, withdrawn, or is not theirs any more."""
    item = _answer(item, "accept", by, at)
    _case_answered(item, by, at)
    handover.record_outcome(item.case.alert, CaseOutcome.ACCEPTED, at=at, by=by)
    reminders.tell_caseworker(item, at)
    return item


@transaction.atomic
def decline(item: Referral, reason: str, by: User, at: datetime) -> Referral:
    """The body does not take it on and says why. Raises Refused without a reason."""
    if not reason.strip():
        raise Refused(_("Say why you decline, so that another body can be found."), field="reason")
    item = _answer(item, "decline", by, at, decline_reason=reason.strip())
    _case_answered(item, by, at)
    if not item.case.referrals.filter(state__in=TAKEN_ON).exists():
        handover.record_outcome(item.case.alert, CaseOutcome.DECLINED, at=at, by=by)
    reminders.tell_caseworker(item, at)
    return item


@transaction.atomic
def record_outcome(item: Referral, outcome: str, note: str, by: User, at: datetime) -> Referral:
    """The body says what came of it; the desk that confirmed it learns the outcome. Raises Refused."""
    agency = body(item.agency)
    if agency is None or outcome not in agency.outcomes:
        raise Refused(_("Choose one of the outcomes shown."), field="outcome")
    _still_open(item, at)
    item = REFERRAL.perform(
        item,
        "complete",
        by=by,
        at=at,
        outcome=outcome,
        outcome_note=note.strip() or None,
        outcome_at=at,
        outcome_by=by,
    )
    handover.record_outcome(
        item.case.alert, agency.outcomes[outcome].means or CaseOutcome.ACCEPTED, at=at, by=by
    )
    reminders.tell_caseworker(item, at)
    return item


@transaction.atomic
def withdraw(item: Referral, by: User, at: datetime) -> Referral:
    """Take a referral back, so that it can no longer be opened. Raises Refused once it is completed."""
    item = REFERRAL.perform(item, "withdraw", by=by, at=at, access_until=min(at, item.access_until))
    _case_answered(item, by, at)
    return item


def end_access(item: Referral, by: User, at: datetime) -> None:
    """The body can no longer open an item that it has already dealt with."""
    item.access_until = min(at, item.access_until)
    item.save(update_fields=["access_until"])
    trail.record("referral.disclosure.end_access", by=by, subject=item)


def _answer(item: Referral, step: str, by: User, at: datetime, **changes: Any) -> Referral:
    _still_open(item, at)
    answered: Referral = REFERRAL.perform(item, step, by=by, at=at, answered_by=by, answered_at=at, **changes)
    return answered


def _still_open(item: Referral, at: datetime) -> None:
    if item.access_until <= at:
        raise Refused(_("Your access to this item has ended."))


def _case_answered(item: Referral, by: User, at: datetime) -> None:
    """Move the case on when no body is left to answer."""
    case = Case.objects.select_for_update(no_key=True).get(pk=item.case_id)
    waiting = case.referrals.filter(state=ReferralState.SENT).exists()
    if case.state == CaseState.REFERRED and not waiting:
        CASE.perform(case, "answer", by=by, at=at)
