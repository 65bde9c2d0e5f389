"""Record what the person answered, and withdraw a consent."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from referral import powers
from referral.agencies.directory import Agency, Purpose, find_agency, find_purpose
from referral.cases.guards import own_case
from referral.models import Case, Consent
from referral.referrals import actions as referrals
from referral.states import EXPLAINED_VERSION, Answer, Explained
from wpis.accounts.models import User
from wpis.accounts.powers import authorize
from wpis.audit import trail
from wpis.errors import Refused, changed_meanwhile


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """The answer to one question: may this agency know these fields for this purpose?"""

    answer: str
    fields: tuple[str, ...]
    explained: tuple[str, ...]
    language: str
    interpreter: str
    how_given: str
    valid_until: date | None


@transaction.atomic
def record(case: Case, agency: Agency, purpose: Purpose, reply: Reply, *, by: User, at: datetime) -> Consent:
    """Store the answer; the latest one counts for everything that was sent to this agency for this purpose.

    A "no" or "not now" withdraws an earlier yes, a narrower yes narrows what can be read. Raises Refused on
    another's case, and for a yes without fields, without an end, or before everything was explained (E4).
    """
    _require_own(case, by)
    fields = tuple(field for field in purpose.fields if field in reply.fields)
    if reply.answer == Answer.YES:
        _require_complete(reply, fields, at)
    consent = Consent.objects.create(
        case=case,
        agency=agency.slug,
        purpose=purpose.slug,
        answer=reply.answer,
        fields=list(fields) if reply.answer == Answer.YES else [],
        explained=[code for code in Explained.values if code in reply.explained],
        wording=EXPLAINED_VERSION,
        language=reply.language,
        interpreter=reply.interpreter or None,
        how_given=reply.how_given,
        valid_until=reply.valid_until if reply.answer == Answer.YES else None,
        recorded_by=by,
        recorded_at=at,
    )
    trail.record(
        "referral.consent.record",
        by=by,
        subject=case,
        agency=agency.slug,
        purpose=purpose.slug,
        answer=str(reply.answer),
        fields=consent.fields,
    )
    if reply.answer != Answer.YES:
        _withdraw_standing(case, agency.slug, purpose.slug, by=by, at=at)
    referrals.follow_answer(case, agency, purpose, by=by, at=at)
    return consent


@transaction.atomic
def withdraw(consent: Consent, *, by: User, at: datetime) -> Consent:
    """Withdraw the person's consent to this agency and purpose: nothing new is sent, and what was sent on it or on an
    earlier consent can no longer be read, unless the purpose overrides a refusal.

    What an agency has already read cannot be undone. A second click changes nothing.
    Raises Refused on another's case, and for an answer that is no yes.
    """
    consent = (
        Consent.objects.select_for_update(of=("self",), no_key=True).select_related("case").get(pk=consent.pk)
    )
    _require_own(consent.case, by)
    if consent.answer != Answer.YES:
        raise Refused(changed_meanwhile())
    if consent.withdrawn_at is not None:
        return consent
    _withdraw_standing(consent.case, consent.agency, consent.purpose, by=by, at=at)
    agency, purpose = find_agency(consent.agency), find_purpose(consent.agency, consent.purpose)
    if agency and purpose:  # what left the directory cannot be read in any case
        referrals.follow_answer(consent.case, agency, purpose, by=by, at=at)
    consent.refresh_from_db()
    return consent


def _withdraw_standing(case: Case, agency: str, purpose: str, *, by: User, at: datetime) -> None:
    """Mark every yes to this agency and purpose that nobody has withdrawn yet."""
    given = case.consents.filter(agency=agency, purpose=purpose, answer=Answer.YES, withdrawn_at=None)
    for consent in given.order_by("recorded_at", "pk"):
        consent.withdrawn_at, consent.withdrawn_by = at, by
        consent.save(update_fields=["withdrawn_at", "withdrawn_by"])
        trail.record("referral.consent.withdraw", by=by, subject=case, agency=agency, purpose=purpose)


def _require_complete(reply: Reply, fields: tuple[str, ...], at: datetime) -> None:
    if not fields:
        raise Refused(_("Tick what the person agreed to share."), field="fields_agreed")
    if set(reply.explained) != set(Explained.values):
        raise Refused(_("Explain every point before you record a yes."), field="explained")
    if reply.valid_until is None:
        raise Refused(_("Enter until when the consent holds."), field="valid_until")
    if reply.valid_until < timezone.localdate(at):
        raise Refused(_("The consent must hold today or longer."), field="valid_until")


def _require_own(case: Case, by: User) -> None:
    authorize(by, powers.WORK)
    if reasons := own_case(case, by):
        raise Refused(reasons)
