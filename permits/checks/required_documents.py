"""The documents that a case type requires: which of a submission can be shown to an officer, and which cannot.

Nobody has checked what nobody can see: a required document that cannot be shown holds the approval until it is sent
again, or until the check of the files is overridden.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from permits.document_kinds import DocumentKind
from permits.models import Application, ApplicationDocument, Submission
from wpis.documents import reading
from wpis.documents.models import State as UploadState
from wpis.documents.models import UploadContent
from wpis.errors import Refused, UnreadableRecord


@dataclass(frozen=True, slots=True)
class Unseen:
    """A required document that cannot be shown; `waits` while its file is still being inspected."""

    kind: DocumentKind
    why: str
    waits: bool = False

    def __str__(self) -> str:
        return _("This document cannot be shown, so it is not checked: %(document)s. %(why)s") % {
            "document": self.kind.label,
            "why": self.why,
        }


def submitted_with(submission: Submission) -> list[ApplicationDocument]:
    """The documents attached when this submission was filed, whatever was added or removed later."""
    return list(_attached_at(submission.application_id, submission.at))


def _attached_at(application: UUID, at: Any) -> QuerySet[ApplicationDocument]:
    rows = ApplicationDocument.objects.filter(application=application, added_at__lte=at)
    return rows.filter(Q(removed_at=None) | Q(removed_at__gt=at)).select_related("upload")


def unseen(required: Iterable[DocumentKind], attached: Sequence[ApplicationDocument]) -> list[Unseen]:
    """The required documents of which no file was found clean, by what their records say."""
    found = []
    for kind in required:
        files = [document.upload for document in attached if document.kind == kind]
        states = {file.state for file in files}
        if UploadState.CLEAN in states:
            continue
        if UploadState.QUARANTINED in states:
            found.append(Unseen(kind, _("This file is still being checked."), waits=True))
        elif files:
            found.append(Unseen(kind, files[-1].why))
        else:
            found.append(Unseen(kind, _("It is not attached.")))
    return found


def damaged(required: Iterable[DocumentKind], attached: Sequence[ApplicationDocument]) -> list[Unseen]:
    """The required documents whose clean files are not there as they were inspected; reads the files themselves."""
    found = []
    for kind in required:
        clean = [d for d in attached if d.kind == kind and d.upload.state == UploadState.CLEAN]
        if clean and not any(_as_inspected(document) for document in clean):
            found.append(Unseen(kind, _("The stored file is not the one that was checked.")))
    return found


def _as_inspected(document: ApplicationDocument) -> bool:
    try:
        return bool(reading.content(document.upload))
    except (Refused, UnreadableRecord, UploadContent.DoesNotExist, TypeError):
        return False


def names_in(unseen: Iterable[Unseen]) -> str:
    """The documents in a list, in the reader's language."""
    return "; ".join(str(each.kind.label) for each in unseen)


def question_about(unseen: Iterable[Unseen]) -> str:
    """What asks the employer to send these documents again, in the reader's language; empty when there are none."""
    names = names_in(unseen)
    sentence = _("We could not open these documents: %(names)s. Send each of them again.")
    return sentence % {"names": names} if names else ""


def of_newest(application: Application) -> list[ApplicationDocument]:
    """The documents of what was filed last; none before anything was."""
    at = application.submissions.order_by("-number").values("at")[:1]
    return list(_attached_at(application.pk, Subquery(at)))
