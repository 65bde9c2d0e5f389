"""The one rule of what an agency may read now: what case, agency, purpose and the person's latest answer allow."""

from datetime import datetime

from referral.access.consent_guard import agreed_fields
from referral.agencies.directory import Purpose, find_purpose
from referral.cases.consents import latest_answer
from referral.models import Consent, Referral
from referral.states import ENDS_READING, CaseState, ReferralState

LASTING = (ReferralState.SENT, ReferralState.ACCEPTED, ReferralState.COMPLETED)
"""States in which there can be something to read."""


def readable_fields(referral: Referral, answer: Consent | None, *, at: datetime) -> tuple[str, ...]:
    """The fields of a referral that its agency may read at that moment; none when reading has ended.

    `answer` is the person's latest answer for this agency and purpose, whichever consent it was sent on. An agency
    or a purpose that left the directory has no mandate, so nothing can be read.
    """
    purpose = find_purpose(referral.agency, referral.purpose)
    if purpose is None or _over(referral, purpose, at):
        return ()
    return still_agreed(referral, purpose, answer, at=at)


def readable_now(referral: Referral, *, at: datetime) -> tuple[str, ...]:
    """The same, with the latest answer looked up."""
    return readable_fields(referral, latest_answer(referral.case, referral.agency, referral.purpose), at=at)


def still_agreed(
    referral: Referral, purpose: Purpose, answer: Consent | None, *, at: datetime
) -> tuple[str, ...]:
    """What was sent and still stands in mandate and latest answer, in the order in which it was sent."""
    agreed = agreed_fields(purpose, answer, at)
    return tuple(field for field in referral.fields if field in agreed)


def _over(referral: Referral, purpose: Purpose, at: datetime) -> bool:
    """Whether reading ended whatever the person says: by its date, by the agency's own answer, or with the case."""
    if referral.state not in LASTING or referral.access_until <= at:
        return True
    if referral.state == ReferralState.COMPLETED and not purpose.later_outcomes:
        return True
    return referral.case.state == CaseState.CLOSED and referral.case.outcome in ENDS_READING
