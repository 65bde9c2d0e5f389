"""What the person's newest answer allows."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from referral.agencies.directory import Purpose
from referral.models import Consent
from referral.states import Answer


def consent_missing(purpose: Purpose, consent: Consent | None, at: datetime) -> list[str]:
    """Why the person's answer does not allow this purpose now; `consent` is the newest answer for it."""
    if not purpose.needs_consent:
        refused = consent is not None and consent.answer == Answer.NO and consent.withdrawn_at is None
        if refused and not purpose.overrides_refusal:
            return [_("The person said no to this. It is not sent.")]
        return []
    if consent is None:
        return [_("The person has not been asked yet. Record an answer first.")]
    if consent.withdrawn_at is not None:
        return [_("The person took the consent back.")]
    if consent.answer == Answer.NO:
        return [_("The person said no to this. It is not sent.")]
    if consent.answer == Answer.NOT_NOW:
        return [_("The person has not decided yet. It is not sent without a yes.")]
    if consent.valid_until is not None and consent.valid_until < timezone.localdate(at):
        return [_("The consent has run out. Ask the person again.")]
    return []
