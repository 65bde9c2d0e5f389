"""Documents of an application: attach, replace, remove, and bring back."""

from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction

from permits.actions.applications import begin, lock, open_for_changes, touch
from permits.models import Application, ApplicationDocument
from wpis.accounts.models import User
from wpis.audit import trail
from wpis.documents import reading
from wpis.documents.actions import MeasuredFile, store
from wpis.documents.quotas import admit_to_application


@transaction.atomic
def attach(
    application: Application, file: MeasuredFile, kind: str, *, by: User, at: datetime
) -> ApplicationDocument:
    """Attach an uploaded file to the application, in quarantine until it was inspected.

    Raises Refused with what is wrong with the file, when the application is full, or when documents are not open for
    changes, and TooMany when the company or the account has sent as much as it may for now.
    """
    current = lock(begin(application, by=by, at=at), by=by)
    open_for_changes(current, "documents")
    touch(current, at=at)
    admit_to_application(file.size, attached=[document.upload.size for document in current.attached])
    upload = store(file, owner=current.pk, party=current.employer_id, kind=kind, by=by, at=at)
    document = ApplicationDocument.objects.create(application=current, kind=kind, upload=upload, added_at=at)
    trail.record("permits.document.attach", by=by, subject=current, kind=kind)
    return document


@transaction.atomic
def remove(document: ApplicationDocument, *, by: User, at: datetime) -> None:
    """Take a document off the application; the file and the fact stay on record."""
    current = lock(document.application, by=by)
    open_for_changes(current, "documents")
    touch(current, at=at)
    ApplicationDocument.objects.filter(pk=document.pk, removed_at=None).update(removed_at=at)
    trail.record("permits.document.remove", by=by, subject=current, kind=document.kind)


@transaction.atomic
def replace(
    document: ApplicationDocument, file: MeasuredFile, *, by: User, at: datetime
) -> ApplicationDocument:
    """Attach a file in place of this one, or leave it as it is. Raises what `attach` and `remove` raise."""
    remove(document, by=by, at=at)
    return attach(document.application, file, document.kind, by=by, at=at)


@transaction.atomic
def restore(document: ApplicationDocument, *, by: User, at: datetime) -> ApplicationDocument:
    """Attach the file of a removed document once more; it is checked again, and the removal stays on record.

    Raises Refused for a file that was never cleared, and what `attach` raises.
    """
    upload = document.upload
    file = ContentFile(reading.content(upload), name=upload.name)
    return attach(document.application, file, document.kind, by=by, at=at)
