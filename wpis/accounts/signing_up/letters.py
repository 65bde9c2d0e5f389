"""Letters about accounts, through the outbox: a mail server that is down undoes nothing and tells nobody who is known.

Their text holds codes and links, and the worker of another surface sends them, so it is stored encrypted. Protection
sends its own at once: its rows would lie where the office reads.
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
from wpis.letters.sending import sending
from wpis.models import BackgroundJob

KIND = "account_letter"
PLACE = "wpis_errand|payload|account_letter"
SURFACES = ("portal", "office")


def is_queued() -> bool:
    """Whether letters of this surface go through the outbox."""
    return settings.WPIS_SURFACE in SURFACES


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
