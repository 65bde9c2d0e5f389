"""Letters that anybody can ask for at any address, through the outbox: a mail server tells nobody whom it knows.

Their text holds codes and links, and the worker of another surface sends them, so it is stored encrypted. Protection
sends its own at once: its rows would lie where the office reads, and there is one letter in either case.
"""

import base64
import json
import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage

from wpis.crypto.sealing import Sealed, seal, unseal
from wpis.models import BackgroundJob
from wpis.processes.letters import sending

KIND = "account_letter"
PLACE = "wpis_errand|payload|account_letter"
SURFACES = ("portal", "office")

ANYBODYS = {
    "account/email/email_confirmation",
    "account/email/email_confirmation_signup",
    "account/email/account_already_exists",
    "account/email/password_reset_key",
    "account/email/unknown_account",
}
"""The letters that are written before somebody has signed in."""


def is_queued(template: str) -> bool:
    """Whether this letter goes through the outbox."""
    return template in ANYBODYS and settings.WPIS_SURFACE in SURFACES


def queue(message: EmailMessage, *, at: datetime) -> None:
    """Write the job that sends it."""
    letter = {"subject": message.subject, "body": message.body, "to": list(message.to)}
    sealed = seal(json.dumps(letter).encode(), PLACE)
    BackgroundJob.objects.create(
        kind=KIND,
        key=uuid.uuid4(),
        payload={"sealed": base64.b64encode(sealed.blob).decode()},
        created_at=at,
        due_at=at,
    )


def prepare(job: BackgroundJob, at: datetime) -> Callable[[], object]:
    """The letter; the returned effect sends it."""
    letter: dict[str, Any] = json.loads(unseal(Sealed(base64.b64decode(job.payload["sealed"])), PLACE))
    (to,) = letter["to"]
    return sending(job, to=to, subject=letter["subject"], body=letter["body"])
