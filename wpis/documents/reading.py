"""Reads the content of cleared uploads, and of no others."""

import hashlib

from django.utils.translation import gettext as _

from wpis.crypto.fields import Tampered
from wpis.errors import Refused

from .models import State, Upload, UploadContent


def content(upload: Upload) -> bytes:
    """The bytes of a cleared upload, compared with their hash.

    Raises Refused while it is in quarantine or was refused, Tampered when the stored file was changed.
    """
    if upload.state != State.CLEAN:
        raise Refused(upload.why or _("This file is still being checked."))
    data: bytes = UploadContent.objects.get(pk=upload.pk).content
    if hashlib.sha256(data).hexdigest() != upload.sha256:
        raise Tampered(f"the file of upload {upload.pk} is not the one that was checked")
    return data
