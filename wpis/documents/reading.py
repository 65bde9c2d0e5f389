"""Reads the content of cleared uploads, and of no others; nothing else in the product reads an uploaded file."""

import hashlib

from django.utils.translation import gettext as _

from wpis.audit.digests import Genuine, genuine
from wpis.audit.models import DigestStart
from wpis.crypto.fields import Tampered
from wpis.errors import Refused, UnreadableRecord

from .models import State, Upload, UploadContent


def content(upload: Upload) -> bytes:
    """The bytes of a cleared upload, compared with what was cleared.

    The outcome must bear the digest of the process that checks files, and the bytes the hash that it names. Raises
    Refused while the file is in quarantine or cannot be used, Tampered when row or bytes are not the cleared ones.
    """
    if upload.state != State.CLEAN:
        raise Refused(upload.why or _("This file is still being checked."))
    began = None if upload.keyed_digest else DigestStart.began(Upload)  # asked only of what is older
    said = genuine(upload, began=began, surface=Upload.surface)
    if said not in (Genuine.YES, Genuine.BEFORE):
        raise Tampered(f"nobody who checks files has cleared upload {upload.pk} ({said.value})")
    stored = UploadContent.objects.filter(pk=upload.pk).first()
    data: bytes | None = stored.content if stored else None
    if data is None or hashlib.sha256(data).hexdigest() != upload.sha256:
        raise Tampered(f"the file of upload {upload.pk} is not the one that was checked")
    return data


def is_as_checked(upload: Upload) -> bool:
    """Whether a cleared upload can be shown: row and bytes are the ones that were cleared. Reads the bytes."""
    try:
        content(upload)
    except UnreadableRecord:
        return False
    return True
