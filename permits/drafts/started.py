"""Applications that somebody has started and nothing has been saved of: they lie nowhere, their key says what they are.

A key holds the minute in which it was made and a digest of whose it is: of the account, the company and the case type.
So the addresses of such an application work as they will once it is a draft, also after signing in again, and nobody
but who started it can use them. Keys end long before a key of a deleted draft could be used once more.
"""

import secrets
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.utils.crypto import salted_hmac

from permits.case_types.registry import CASE_TYPES
from permits.models import Application, Employer
from permits.parts.catalogue import MODELS
from wpis.accounts.models import User

WORKS = timedelta(hours=12)
"""How long something can be saved under a key: as long as a session may last. A draft that is deleted keeps its row,
and with it the key, for a day at least (`wpis_delete_expired`)."""

DIGEST, MINUTE, RANDOM = 9, 3, 4
"""Bytes of a key, in this order: 66 bits of the digest remain beside the version that a UUID names."""


def new_application(employer: Employer, *, kind: str, by: User, at: datetime, language: str) -> Application:
    """An application that is not saved, with its empty parts and a key of its own."""
    rest = _minute(at).to_bytes(MINUTE, "big") + secrets.token_bytes(RANDOM)
    return _unsaved(_key(rest, employer, kind, by), employer, kind, by, at, language)


def started_application(
    key: UUID, employers: Iterable[Employer], *, by: User, at: datetime, language: str
) -> Application | None:
    """The same again by its key: for one of these companies, and only while nothing was saved of it.

    None for a key of somebody else, for one that was made too long ago, and for one of a draft, deleted or not.
    """
    rest = key.bytes[DIGEST:]
    age = (_minute(at) - int.from_bytes(rest[:MINUTE], "big")) % 2 ** (8 * MINUTE)
    fits = [
        (employer, kind)
        for employer in employers
        for kind in CASE_TYPES
        if secrets.compare_digest(_key(rest, employer, kind, by).bytes, key.bytes)
    ]
    if not fits or age > WORKS // timedelta(minutes=1) or Application.objects.filter(pk=key).exists():
        return None
    employer, kind = fits[0]
    return _unsaved(key, employer, kind, by, at, language)


def _key(rest: bytes, employer: Employer, kind: str, by: User) -> UUID:
    text = f"{by.pk} {employer.pk} {kind} {rest.hex()}"
    digest = salted_hmac("permits.drafts.started", text, algorithm="sha256").digest()[:DIGEST]
    return UUID(bytes=digest + rest, version=4)


def _minute(at: datetime) -> int:
    minutes: int = int(at.astimezone(UTC).timestamp()) // 60 % 2 ** (8 * MINUTE)
    return minutes


def _unsaved(key: UUID, employer: Employer, kind: str, by: User, at: datetime, language: str) -> Application:
    application = Application(
        pk=key, kind=kind, employer=employer, created_by=by, created_at=at, language=language
    )
    for part, model in MODELS.items():
        setattr(application, part, model(application=application))
    return application
