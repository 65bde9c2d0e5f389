"""What a background job sends: one letter to one address, found again in the mail server's log by the job's id."""

from email.utils import parseaddr
from functools import partial

from django.conf import settings
from django.core.mail import EmailMessage

from wpis.letters.smtp import deliver
from wpis.outbox import Effect, OutboxRow

NOBODYS = ".invalid"
"""How an address ends that no server takes letters for (RFC 2606); accounts without an address have one."""


def sending(job: OutboxRow, *, to: str, subject: str, body: str) -> Effect:
    """The effect that sends this letter.

    Its Message-ID is the id of the job, so that a person who has to decide whether it went out can look for it.
    """
    if to.endswith(NOBODYS):
        return nothing
    headers = {"Message-ID": message_id(job)}
    return partial(deliver, EmailMessage(subject=subject, body=body, to=[to], headers=headers))


def message_id(job: OutboxRow) -> str:
    """Under which the mail server's log knows the letter of a job."""
    _, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return f"<{job.pk}@{address.rpartition('@')[2]}>"


def nothing() -> None:
    """Send no letter: what it would have said is no longer true."""
