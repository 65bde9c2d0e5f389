"""Stores uploads in quarantine; nobody sees them before they were checked (`checking`)."""

import hashlib
import uuid
from datetime import datetime
from typing import Protocol

from django.conf import settings
from django.db import transaction

from wpis.accounts.models import User
from wpis.audit import trail
from wpis.errors import Refused

from . import quotas
from .checking import sniff
from .models import Upload, UploadContent
from .queues import KIND, FileCheck


class SentFile(Protocol):
    """An uploaded file as a form or the API passes it."""

    name: str | None

    def read(self, size: int = -1, /) -> bytes: ...


class MeasuredFile(SentFile, Protocol):
    """The same with its size, which is known before it is read."""

    @property
    def size(self) -> int | None: ...


@transaction.atomic
def store(
    file: SentFile,
    *,
    owner: uuid.UUID,
    party: uuid.UUID,
    kind: str,
    by: User,
    at: datetime,
    field: str = "file",
) -> Upload:
    """Store a file in quarantine and queue its check, in one transaction; `party` is the company it is sent for.

    Size, type and name are validated immediately: raises Refused, with the text for `field` of the form, and
    TooMany when this company or account has sent as much as it may for now.
    """
    data = file.read(settings.WPIS_UPLOAD_MAX_BYTES + 1)
    seen = sniff.glance(data, file.name or "")
    if seen.reason is not None:
        raise Refused(str(seen.reason.label), field=field)
    quotas.admit(len(data), party=party, account=by.pk, at=at, field=field)
    digest = hashlib.sha256(data).hexdigest()
    upload = Upload.objects.create(
        owner=owner,
        party=party,
        kind=kind,
        name=seen.name,
        mime=seen.mime,
        size=len(data),
        received_sha256=digest,
        sha256=digest,
        uploaded_by=by.pk,
        uploaded_at=at,
    )
    UploadContent.objects.create(upload=upload, content=data)
    FileCheck.objects.create(kind=KIND, key=upload.pk, party=party, account=by.pk, created_at=at, due_at=at)
    trail.record("documents.upload.store", by=by, subject=upload, kind=kind)
    return upload
