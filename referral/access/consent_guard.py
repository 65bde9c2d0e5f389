"""What the person's latest answer about one agency and purpose allows now."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from referral.agencies.directory import Purpose
from referral.models import Consent
from referral.states import Answer


def consent_missing(purpose: Purpose, answer: Consent | None, at: datetime) -> list[str]:
    """Why the person's latest answer does not allow this purpose now; empty when it does.

    Where no consent is needed a refusal still counts, said as a no or as a yes taken back, unless the purpose
    overrides it because of a danger to life.
    """
    if not purpose.needs_consent:
        return [] if purpose.overrides_refusal else _refused(answer)
    if answer is None:
        return [_("The person has not been asked yet. Record an answer first.")]
    if reasons := _refused(answer):
        return reasons
    if answer.answer == Answer.NOT_NOW:
        return [_("The person has not decided yet. It is not sent without a yes.")]
    if answer.valid_until is not None and answer.valid_until < timezone.localdate(at):
        return [_("The consent has run out. Ask the person again.")]
    return []


def _refused(answer: Consent | None) -> list[str]:
    if answer is None:
        return []
    if answer.answer == Answer.NO:
        return [_("The person said no to this. It is not sent.")]
    if answer.answer == Answer.YES and answer.withdrawn_at is not None:
        return [_("The person took the consent back.")]
    return []


def agreed_fields(purpose: Purpose, answer: Consent | None, at: datetime) -> tuple[str, ...]:
    """The fields that mandate and latest answer allow now, in the order of the catalogue."""
    if consent_missing(purpose, answer, at):
        return ()
    if not purpose.needs_consent or answer is None:
        return purpose.fields
    return tuple(field for field in purpose.fields if field in answer.fields)
