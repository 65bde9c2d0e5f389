"""Stores uploads in quarantine, and inspects them before anybody may see them."""

import hashlib
import uuid
from datetime import datetime
from typing import Protocol

from django.conf import settings
from django.db import transaction

from wpis.accounts.models import User
from wpis.audit import trail
from wpis.errors import Refused
from wpis.models import BackgroundJob

from . import images, scanner, sniff
from .models import State, Upload, UploadContent
from .sandbox import Unreadable
from .verdicts import FileType, Refusal

KIND = "document"


class SentFile(Protocol):
    """An uploaded file as a form or the API passes it."""

    name: str | None

    def read(self, size: int = -1, /) -> bytes: ...


@transaction.atomic
def store(
    file: SentFile, *, owner: uuid.UUID, kind: str, by: User, at: datetime, field: str = "file"
) -> Upload:
    """Store a file in quarantine and queue its inspection, in one transaction.

    Size, type and name are validated immediately: raises Refused, with the text for `field` of the form.
    """
    data = file.read(settings.WPIS_UPLOAD_MAX_BYTES + 1)
    seen = sniff.glance(data, file.name or "")
    if seen.reason is not None:
        raise Refused(str(seen.reason.label), field=field)
    digest = hashlib.sha256(data).hexdigest()
    upload = Upload.objects.create(
        owner=owner,
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
    BackgroundJob.objects.create(kind=KIND, key=upload.pk, created_at=at, due_at=at)
    trail.record("documents.upload.store", by=by, subject=upload, kind=kind)
    return upload


@transaction.atomic
def inspect(upload_id: uuid.UUID, *, at: datetime) -> Upload:
    """Release an upload from quarantine or refuse it; idempotent.

    Images are stored re-encoded; refused content is deleted. Raises ScannerDown or OSError when no verdict was
    possible: the upload stays in quarantine and the job is retried.
    """
    upload = Upload.objects.select_for_update().get(pk=upload_id)
    if upload.state != State.QUARANTINED:
        return upload
    stored = UploadContent.objects.get(pk=upload.pk)
    data: bytes = stored.content
    kept: bytes | None = data
    seen = sniff.inspect(data, upload.name)
    reason = seen.reason
    if reason is None:
        verdict = scanner.configured().scan(data)
        upload.scanned_by = verdict.scanned_by
        if not verdict.clean:
            reason = Refusal.MALWARE
        elif seen.kind != FileType.PDF:
            try:
                kept = images.reencode(data)
            except Unreadable as unreadable:
                reason = unreadable.reason
    if reason is not None:
        kept = None
        upload.state, upload.reason = State.REFUSED, reason.value
    else:
        assert kept is not None
        upload.state, upload.pages, upload.size = State.CLEAN, seen.pages, len(kept)
        upload.sha256 = hashlib.sha256(kept).hexdigest()
    upload.checked_at = at
    if kept is not data:
        stored.content = kept
        stored.save(update_fields=["content"])  # before the verdict: bytes that have one never change
    upload.save(update_fields=["state", "reason", "scanned_by", "pages", "size", "sha256", "checked_at"])
    trail.record("documents.upload.check", by=None, subject=upload, state=upload.state, reason=upload.reason)
    return upload
