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


def damaged(attached: Sequence[ApplicationDocument]) -> list[Unseen]:
    """The documents of which a clean file is not stored as it was cleared; reads the files themselves.

    Also of those that nobody requires: whoever replaced one file of an application may have looked at the others.
    One that was sent again later, and is as it was cleared, makes up for it.
    """
    found: dict[DocumentKind, bool] = {}
    for document in attached:  # in the order in which they were added
        if document.upload.state == UploadState.CLEAN:
            kind = DocumentKind(document.kind)
            found[kind] = reading.is_as_checked(document.upload)
    return [Unseen(kind, not_as_checked()) for kind, as_checked in found.items() if not as_checked]


def not_as_checked() -> str:
    """What is said of a file that was replaced after its check."""
    return _("The stored file is not the one that was checked.")


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
