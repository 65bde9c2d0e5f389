"""Letters that wait in the outbox, sent by its worker."""

from django.core import mail
from django.core.mail import EmailMessage

from permits.tasks import work_open
from referral.tasks import work_reminders
from tests.conftest import standing_on


def deliver() -> list[EmailMessage]:
    """Send what waits, as the worker of the office does; every letter that was sent so far."""
    with standing_on("office"):
        work_open()
    return list(mail.outbox)


def deliver_on_protection() -> list[EmailMessage]:
    """Send what waits, as the worker of protection does; every letter that was sent so far."""
    with standing_on("protection"):
        work_reminders()
    return list(mail.outbox)


def deliver_everywhere() -> list[EmailMessage]:
    """Send what waits on any surface; every letter that was sent so far."""
    deliver()
    return deliver_on_protection()
