"""How much an application, a company and an account may send; the numbers stand in `WPIS_UPLOAD_QUOTAS`.

A company and an account are counted apart: neither forty companies of one account nor forty accounts of one company
send more than one. Counted among what was stored, under a lock on the senders' rows, so that of two uploads at once
one does not pass unseen by the other.
"""

import math
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import OperationalError, connection
from django.utils.translation import gettext as _

from wpis.database.locks import is_lock_trouble, lock_timeout
from wpis.errors import Refused, TooMany
from wpis.formatting import numbers

MEGABYTE = 1024 * 1024
PATIENCE_MS = 2000
"""How long an upload waits for another one of its sender."""

SOON = timedelta(seconds=30)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)

_LOCK = """
INSERT INTO documents_sender (id, last_at) SELECT id, %s FROM unnest(%s::uuid[]) AS id ORDER BY id
ON CONFLICT (id) DO UPDATE SET last_at = EXCLUDED.last_at"""

_SENT = """
SELECT count(*) FILTER (WHERE state = 'quarantined'),
       count(*) FILTER (WHERE uploaded_at > %s),
       count(*) FILTER (WHERE uploaded_at > %s),
       COALESCE(sum(size) FILTER (WHERE uploaded_at > %s), 0)
  FROM documents_upload WHERE {column} = %s AND (uploaded_at > %s OR state = 'quarantined')"""

_ROOM = """
SELECT uploaded_at FROM documents_upload WHERE {column} = %s AND uploaded_at > %s
 ORDER BY uploaded_at DESC OFFSET %s - 1 LIMIT 1"""


@dataclass(frozen=True, slots=True)
class _Sender:
    column: str
    id: uuid.UUID


def admit_to_application(size: int | None, *, attached: Sequence[int], field: str = "file") -> None:
    """Raises Refused when an application with files of these sizes has no room for one more.

    The caller has locked the application.
    """
    limits = settings.WPIS_UPLOAD_QUOTAS
    if len(attached) >= limits["files_of_application"]:
        sentence = _(
            "An application holds at most %(count)s files. Remove one, or put several pages into one PDF."
        )
        raise Refused(sentence % {"count": limits["files_of_application"]}, field=field)
    most = limits["megabytes_of_application"] * MEGABYTE
    if sum(attached) + (size or 0) > most:
        sentence = _(
            "The files of an application may have %(size)s together. Remove one, or send smaller scans."
        )
        raise Refused(sentence % {"size": numbers.file_size(most)}, field=field)


def admit(size: int, *, party: uuid.UUID, account: uuid.UUID, at: datetime, field: str = "file") -> None:
    """Raises TooMany when this company or account may not send a file of `size` bytes now.

    Until the end of the transaction no other upload of theirs is counted.
    """
    _lock(party, account, at=at, field=field)
    for sender in (_Sender("party", party), _Sender("uploaded_by", account)):
        _admit(sender, size, at=at, field=field)


def _lock(*senders: uuid.UUID, at: datetime, field: str) -> None:
    """In the order of their keys, so that two uploads never wait for each other."""
    try:
        with lock_timeout(PATIENCE_MS), connection.cursor() as cursor:
            cursor.execute(_LOCK, [at, sorted({str(each) for each in senders})])
    except OperationalError as error:
        if not is_lock_trouble(error):
            raise
        sentence = _("Another file of yours is being received just now. Send this one again in a moment.")
        raise TooMany(sentence, field=field, retry_after=timedelta(seconds=5)) from None


def _admit(sender: _Sender, size: int, *, at: datetime, field: str) -> None:
    limits = settings.WPIS_UPLOAD_QUOTAS
    values: list[Any] = [at - HOUR, at - DAY, at - DAY, str(sender.id), at - DAY]
    with connection.cursor() as cursor:
        cursor.execute(_SENT.format(column=sender.column), values)
        waiting, in_hour, in_day, sent = cursor.fetchone()
    if waiting >= limits["waiting"]:
        sentence = _("Many of your files are still being checked. Send this one again in a minute.")
        raise TooMany(sentence, field=field, retry_after=SOON)
    if in_hour >= limits["files_an_hour"]:
        raise _later(_room(sender, HOUR, limits["files_an_hour"], at), field)
    if in_day >= limits["files_a_day"]:
        raise _later(_room(sender, DAY, limits["files_a_day"], at), field)
    if sent + size > limits["megabytes_a_day"] * MEGABYTE:
        raise _later(HOUR, field)


def _room(sender: _Sender, within: timedelta, most: int, at: datetime) -> timedelta:
    """When the oldest of the last `most` files is so old that it no longer counts."""
    values: list[Any] = [str(sender.id), at - within, most]
    with connection.cursor() as cursor:
        cursor.execute(_ROOM.format(column=sender.column), values)
        (oldest,) = cursor.fetchone()
    wait: timedelta = oldest + within - at
    return max(timedelta(seconds=1), wait)


def _later(wait: timedelta, field: str) -> TooMany:
    sentence = _("Very many files were sent in a short time. Send this one again in %(minutes)s min.")
    minutes = math.ceil(wait.total_seconds() / 60)
    return TooMany(sentence % {"minutes": minutes}, field=field, retry_after=wait)
