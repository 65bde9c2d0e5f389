"""Letters about accounts, through the outbox: a mail server that is down undoes nothing and tells nobody who is known.

Their text holds codes and links, and the worker of another surface may send them, so it is stored encrypted. Each
surface has its table (`OutboxRow.letters_of`): protection's rows lie where neither office nor portal reads.
"""

import base64
import json
import uuid
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction

from wpis.crypto.sealing import Sealed, seal, unseal
from wpis.letters.sending import sending
from wpis.outbox import Effect, OutboxRow, outboxes

KIND = "account_letter"


def jobs() -> type[OutboxRow] | None:
    """The outbox of this surface's letters; None in commands of the owner, which send theirs at once."""
    return next((rows for rows in outboxes() if settings.WPIS_SURFACE in rows.letters_of), None)


def queue(message: EmailMessage, *, at: datetime) -> None:
    """Write the job that sends it, in the caller's transaction; after the commit where there is no outbox."""
    rows = jobs()
    if rows is None:
        transaction.on_commit(message.send, robust=True)
        return
    letter = {"subject": message.subject, "body": message.body, "to": list(message.to)}
    sealed = seal(json.dumps(letter).encode(), _place(rows))
    rows._default_manager.create(
        kind=KIND,
        key=uuid.uuid4(),
        payload={"sealed": base64.b64encode(sealed.blob).decode()},
        created_at=at,
        due_at=at,
    )


def prepare(job: OutboxRow, at: datetime) -> Effect:
    """The letter; the returned effect sends it."""
    letter: dict[str, Any] = json.loads(
        unseal(Sealed(base64.b64decode(job.payload["sealed"])), _place(type(job)))
    )
    (to,) = letter["to"]
    return sending(job, to=to, subject=letter["subject"], body=letter["body"])


def _place(rows: type[OutboxRow]) -> str:
    """Of what a letter is sealed for: one of another table does not open."""
    return f"{rows._meta.db_table}|payload|{KIND}"
