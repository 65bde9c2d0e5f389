"""Keyed digests of audit events and of steps in a history: whoever wrote the row held the key of its surface.

The key lies in the environment of the processes of a surface, never in the database. So a row that was written in
plain SQL, with whatever rights, is found: by the auditor's log, and by `manage.py verify_audit`.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, TypeVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from wpis.crypto.keys import digest_key, digest_keys
from wpis.errors import UnreadableRecord

VERSION = "1"
"""Stands in front of what is digested; a release that digests other columns has another one."""

Row = TypeVar("Row", bound=models.Model)


class Genuine(models.TextChoices):
    """What the digest of a row says about it."""

    YES = "yes", _("Genuine")
    NO = "no", _("Not genuine")
    BEFORE = "before", _("Older than digests")
    UNKNOWN = "unknown", _("Could not check")


def signed(row: Row, *, surface: str = "") -> Row:
    """The same row, not saved yet, with the digest of the process that makes it, or under the key of `surface`."""
    kid, key = digest_key(surface or settings.WPIS_SURFACE)
    row.keyed_digest = f"{kid}:{_digest(row, kid, key)}"  # type: ignore[attr-defined]
    return row


def genuine(row: models.Model, *, began: datetime | None, surface: str | None = None) -> Genuine:
    """What the digest says. `began`: when its table got digests (`DigestStart`); `surface`: whose key it must be."""
    written: str = row.keyed_digest  # type: ignore[attr-defined]
    if not written:
        old = began is not None and row.at < began  # type: ignore[attr-defined]
        return Genuine.BEFORE if old else Genuine.NO
    kid, _colon, digest = written.partition(":")
    if surface is not None and not kid.startswith(f"{surface}-"):
        return Genuine.NO
    key = digest_keys().get(kid)
    if key is None:
        return Genuine.UNKNOWN
    try:
        right = hmac.compare_digest(digest, _digest(row, kid, key))
    except UnreadableRecord:  # an encrypted column does not open
        right = False
    return Genuine.YES if right else Genuine.NO


def _digest(row: models.Model, kid: str, key: bytes) -> str:
    columns: tuple[str, ...] = row.digested  # type: ignore[attr-defined]
    values = {name: _plain(getattr(row, name)) for name in columns}
    text = json.dumps([VERSION, kid, row._meta.db_table, values], sort_keys=True, separators=(",", ":"))
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def _plain(value: Any) -> Any:
    """The value as it comes back from the database: the same text when it is written and when it is read."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if value is None or isinstance(value, Mapping):
        return value
    return str(value)
