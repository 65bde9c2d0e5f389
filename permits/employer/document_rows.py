"""The rows of the documents page: one for each file that is needed, and one for each other kind that is there."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from permits.case_types.registry import case_type
from permits.document_kinds import DocumentKind
from permits.employer.forms.documents import box_of, box_to_replace
from permits.models import Application, ApplicationDocument
from wpis.documents.models import CANNOT_BE_USED, State

UNDO = timedelta(days=1)
"""For how long a removed file can be brought back."""


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """A file that is there, the name of the box for one in its place, and whether a picture of it can be shown."""

    document: ApplicationDocument
    replace: str
    pictured: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One kind of document with its files; `box` is the name of the box where a file is still needed, else empty."""

    kind: DocumentKind
    files: list[AttachedFile]
    box: str


def rows(application: Application) -> list[Row]:
    """The needed kinds in their order, then the others of which something is there."""
    needed = case_type(application.kind).documents
    others = [kind for kind in DocumentKind if kind not in needed]
    found = [_row(application, kind, needed=kind in needed) for kind in (*needed, *others)]
    return [row for row in found if row.files or row.box]


def lacking(application: Application) -> list[DocumentKind]:
    """The needed kinds of which there is no file that can be used."""
    return [row.kind for row in rows(application) if row.box]


def removed_lately(application: Application, at: datetime) -> list[ApplicationDocument]:
    """Checked files that were taken off within the day and have not been added again, each once, newest first."""
    there = {document.upload.received_sha256 for document in application.attached}
    there |= {document.upload.sha256 for document in application.attached}
    removed = application.documents.filter(removed_at__gt=at - UNDO, upload__state=State.CLEAN)
    found: dict[str, ApplicationDocument] = {}
    for document in removed.select_related("upload").order_by("-removed_at", "pk"):
        if document.upload.sha256 not in there:
            found.setdefault(document.upload.sha256, document)
    return list(found.values())


def _row(application: Application, kind: DocumentKind, *, needed: bool) -> Row:
    files = [document for document in application.attached if document.kind == kind]
    usable = any(document.upload.state not in CANNOT_BE_USED for document in files)
    return Row(
        kind,
        [AttachedFile(each, box_to_replace(each), each.upload.state == State.CLEAN) for each in files],
        box_of(kind) if needed and not usable else "",
    )
