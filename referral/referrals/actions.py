"""Everything that changes a referral: send it, answer it, withdraw it, end access to it."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alerts import handover
from referral import powers
from referral.access.rule import readable_now, still_agreed
from referral.agencies.directory import Agency, Purpose, find_agency
from referral.cases.consents import latest_answer
from referral.cases.workflow import CASE
from referral.disclosure import packet
from referral.disclosure.packet import Packet
from referral.models import Case, Consent, Referral
from referral.referrals import guards, reminders
from referral.referrals.channels import delivery
from referral.referrals.workflow import REFERRAL
from referral.states import OPEN_REFERRALS, TAKEN_ON, CaseOutcome, CaseState, ReferralState
from wpis.accounts.models import User
from wpis.accounts.powers import authorize
from wpis.audit import trail
from wpis.errors import Refused


def preview(case: Case, agency: Agency, purpose: Purpose, *, at: datetime) -> Packet:
    """Exactly what would be sent at that moment, and what would be withheld and why."""
    return packet.build(case, agency, purpose, latest_answer(case, agency.slug, purpose.slug), at=at)


def access_until(agency: Agency, purpose: Purpose, consent: Consent | None, *, at: datetime) -> datetime:
    """When access to what is sent at `at` ends: after the agency's time, or earlier when the consent ends."""
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
    *,
    by: User,
    at: datetime,
    token: UUID,
    expected_digest: str,
    reason: str = "",
) -> Referral:
    """Send what was previewed: `expected_digest` is the digest of the preview that `by` saw.

    `token` names the form, so that a second click finds the first referral. `reason` says why it is sent without
    consent, for a purpose that needs none. Raises Refused when consent, mandate or state do not allow it, or when
    the content has changed since the preview.
    """
    authorize(by, powers.WORK)
    case = Case.objects.select_for_update(no_key=True).get(pk=case.pk)
    if clicked_before := case.referrals.filter(token=token).first():
        return clicked_before
    consent = latest_answer(case, agency.slug, purpose.slug)
    if reasons := guards.sendable(case, agency, purpose, consent, by=by, at=at):
        raise Refused(reasons)
    if not purpose.needs_consent and not reason.strip():
        raise Refused(_("Say why this is sent without the person's consent."), field="reason")
    content = packet.build(case, agency, purpose, consent, at=at)
    if content.digest != expected_digest:
        raise Refused(_("What would be sent has changed since the preview. Look at it again, then send."))
    ground = agency.legal_ground.reference if purpose.ground is None else purpose.ground.reference
    referral = Referral.objects.create(
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
        access_until=access_until(agency, purpose, consent, at=at),
    )
    trail.record(
        "referral.disclosure.send",
        by=by,
        subject=referral,
        case=str(case.pk),
        agency=agency.slug,
        purpose=purpose.slug,
        fields=referral.fields,
        digest=referral.digest,
    )
    if case.state != CaseState.REFERRED:
        CASE.perform_locked(case, "refer", by=by, at=at)
    delivery.deliver(agency, referral, at=at)
    reminders.expect_answer(referral, at=at)
    return referral


@transaction.atomic
def accept(referral: Referral, *, by: User, at: datetime) -> Referral:
    """The agency accepts. Raises Refused when it was answered or withdrawn, or when access has ended."""
    referral = _answer(referral, "accept", by=by, at=at)
    handover.record_outcome(referral.case.alert, CaseOutcome.ACCEPTED, at=at, by=by)
    reminders.tell_caseworker(referral, at=at)
    return referral


@transaction.atomic
def decline(referral: Referral, reason: str, *, by: User, at: datetime) -> Referral:
    """The agency declines and says why; it can no longer read the referral. Raises Refused without a reason."""
    if not reason.strip():
        raise Refused(_("Say why you decline, so that another agency can be found."), field="reason")
    referral = _answer(referral, "decline", by=by, at=at, decline_reason=reason.strip(), access_until=at)
    if not referral.case.referrals.filter(state__in=TAKEN_ON).exists():
        handover.record_outcome(referral.case.alert, CaseOutcome.DECLINED, at=at, by=by)
    reminders.tell_caseworker(referral, at=at)
    return referral


@transaction.atomic
def record_outcome(referral: Referral, outcome: str, note: str, *, by: User, at: datetime) -> Referral:
    """The agency says what came of it, which is reported to the analysts. Raises Refused.

    It can read on until its date only where the purpose asks for later outcomes.
    """
    agency = find_agency(referral.agency)
    if agency is None or outcome not in agency.outcomes:
        raise Refused(_("Choose one of the outcomes shown."), field="outcome")
    _require_access(referral, at)
    purpose = agency.purposes[referral.purpose]  # without it there was nothing to read
    referral = REFERRAL.perform(
        referral,
        "complete",
        access_until=referral.access_until if purpose.later_outcomes else at,
        by=by,
        at=at,
        outcome=outcome,
        outcome_note=note.strip() or None,
        outcome_at=at,
        outcome_by=by,
    )
    meaning = agency.outcomes[outcome].means or CaseOutcome.ACCEPTED
    handover.record_outcome(referral.case.alert, meaning, at=at, by=by)
    reminders.tell_caseworker(referral, at=at)
    return referral


@transaction.atomic
def withdraw(referral: Referral, *, by: User, at: datetime) -> Referral:
    """Withdraw a referral, so that it can no longer be read. Raises Refused once it is completed."""
    ends = min(at, referral.access_until)
    referral = REFERRAL.perform(referral, "withdraw", by=by, at=at, access_until=ends)
    _move_case_on(referral, by=by, at=at)
    return referral


def follow_answer(case: Case, agency: Agency, purpose: Purpose, *, by: User, at: datetime) -> None:
    """Bring the referrals for this agency and purpose in line with the person's latest answer.

    Called in the transaction that records the answer. What may be read follows from the answer by itself
    (`access.rule`); this ends the referrals of which nothing is left, and moves the date to which they can be read
    when a later yes ends sooner.
    """
    answer = latest_answer(case, agency.slug, purpose.slug)
    sent = case.referrals.filter(agency=agency.slug, purpose=purpose.slug)
    lasting = sent.exclude(state=ReferralState.WITHDRAWN).select_for_update(of=("self",), no_key=True)
    for referral in lasting.order_by("sent_at", "pk"):
        if still_agreed(referral, purpose, answer, at=at):
            ends = access_until(agency, purpose, answer, at=referral.sent_at)
            if ends < referral.access_until:
                Referral.objects.filter(pk=referral.pk).update(access_until=ends)
        elif referral.state in OPEN_REFERRALS:
            withdraw(referral, by=by, at=at)
        elif referral.access_until > at:
            end_access(referral, by=by, at=at)


def end_access(referral: Referral, *, by: User, at: datetime) -> None:
    """End the agency's access to a referral that it has already declined or completed."""
    referral.access_until = min(at, referral.access_until)
    referral.save(update_fields=["access_until"])
    trail.record("referral.disclosure.end_access", by=by, subject=referral)


def _answer(referral: Referral, step: str, *, by: User, at: datetime, **changes: Any) -> Referral:
    _require_access(referral, at)
    referral = REFERRAL.perform(referral, step, by=by, at=at, answered_by=by, answered_at=at, **changes)
    _move_case_on(referral, by=by, at=at)
    return referral


def _require_access(referral: Referral, at: datetime) -> None:
    if not readable_now(referral, at=at):
        raise Refused(_("Your access to this item has ended."))


def _move_case_on(referral: Referral, *, by: User, at: datetime) -> None:
    """Take the case to "answered" when every agency has answered."""
    case = Case.objects.select_for_update(no_key=True).get(pk=referral.case_id)
    waiting = case.referrals.filter(state=ReferralState.SENT).exists()
    if case.state == CaseState.REFERRED and not waiting:
        CASE.perform_locked(case, "answer", by=by, at=at)
