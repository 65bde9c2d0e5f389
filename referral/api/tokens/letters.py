"""The letter to somebody of an agency whose program is about to be refused, because its token ends."""

from datetime import datetime

from django.conf import settings

from referral.models import ApiToken, Reminder
from wpis.api import token_letters
from wpis.outbox import Effect


def queue_letters(*, at: datetime) -> None:
    """Queue the letter about each token that ends within a week."""
    token_letters.queue(Reminder, ApiToken.objects.all(), at=at)


def write_letter(job: Reminder, at: datetime) -> Effect:
    """Write the letter about one token."""
    return token_letters.prepare(ApiToken.objects.all(), job, at, url=settings.WPIS_PROTECTION_URL)
