"""Looks into an upload, and writes down what was found, under the key of the process that checks files."""

import hashlib
import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from wpis.audit import trail
from wpis.audit.digests import signed
from wpis.crypto.fields import Tampered
from wpis.documents import images
from wpis.documents.models import State, Upload, UploadContent
from wpis.documents.queues import CHECKED, READ, CheckedFile
from wpis.documents.sandbox import Unreadable
from wpis.documents.verdicts import FileType, Refusal

from . import scanner, sniff


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a look into a file says. `kept` are the bytes that stay: pictures are re-encoded, refused files deleted."""

    reason: Refusal | None = None
    pages: int | None = None
    scanned_by: str = ""
    kept: bytes | None = None

    @property
    def state(self) -> State:
        """The state that the upload gets."""
        if self.reason is None:
            return State.CLEAN
        return State.UNCHECKED if self.reason == Refusal.UNCHECKED else State.REFUSED


def look(data: bytes) -> Outcome:
    """Scan, parse and, of pictures, re-encode these bytes; reads and writes no row.

    Raises ScannerDown or OSError when no verdict was possible, which says nothing about the file.
    """
    seen = sniff.inspect(data, "")
    if seen.reason is not None:
        return Outcome(reason=seen.reason)
    verdict = scanner.configured().scan(data)
    if not verdict.clean:
        return Outcome(reason=Refusal.MALWARE, scanned_by=verdict.scanned_by)
    kept = data
    if seen.kind != FileType.PDF:
        try:
            kept = images.reencode(data)
        except Unreadable as unreadable:
            return Outcome(reason=unreadable.reason, scanned_by=verdict.scanned_by)
    return Outcome(pages=seen.pages, scanned_by=verdict.scanned_by, kept=kept)


@transaction.atomic
def record(upload_id: uuid.UUID, outcome: Outcome, *, at: datetime) -> Upload:
    """Write the outcome with its digest, once, and tell those who wait for this file; idempotent."""
    upload = Upload.objects.only(*READ).select_for_update(no_key=True).get(pk=upload_id)
    if upload.state != State.QUARANTINED:
        return upload
    upload.state, upload.reason = outcome.state, outcome.reason.value if outcome.reason else ""
    upload.scanned_by, upload.checked_at = outcome.scanned_by, at
    replaced = True
    if outcome.kept is not None:
        digest = hashlib.sha256(outcome.kept).hexdigest()
        replaced = digest != upload.received_sha256
        upload.pages, upload.size, upload.sha256 = outcome.pages, len(outcome.kept), digest
    if replaced:  # before the outcome: bytes that have one never change
        UploadContent(pk=upload.pk, content=outcome.kept).save(force_update=True, update_fields=["content"])
    signed(upload, surface=Upload.surface).save(
        update_fields=[
            *("state", "reason", "scanned_by", "pages", "size", "sha256"),
            *("checked_at", "keyed_digest"),
        ]
    )
    CheckedFile.objects.create(kind=CHECKED, key=upload.pk, created_at=at, due_at=at)
    trail.record("documents.upload.check", by=None, subject=upload, state=upload.state, reason=upload.reason)
    return upload


def content_of(upload_id: uuid.UUID) -> bytes:
    """The bytes of a file that waits for its check, as they were sent. Raises Tampered when they are not."""
    upload = Upload.objects.only(*READ).get(pk=upload_id)
    data = UploadContent.objects.get(pk=upload_id).content
    if data is None or hashlib.sha256(data).hexdigest() != upload.received_sha256:
        raise Tampered(f"the file of upload {upload_id} is not the one that was sent")
    return bytes(data)


def inspect(upload_id: uuid.UUID, *, at: datetime) -> Upload:
    """Release an upload from quarantine or refuse it; idempotent.

    Raises ScannerDown or OSError when no verdict was possible: the upload stays in quarantine.
    """
    upload = Upload.objects.only(*READ).get(pk=upload_id)
    if upload.state != State.QUARANTINED:
        return upload
    return record(upload_id, look(content_of(upload_id)), at=at)
