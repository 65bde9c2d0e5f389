"""Two employers as processes of the portal: one sends heavy files, the other a light one, and files an application.

Run as `python -m tests.faults.senders heavy` or `light`; each prints the application that its files belong to.
"""

import sys
from collections.abc import Callable
from typing import Any

import django

HEAVY_FILES = 4
MEGABYTES = 9
"""Of text in hexadecimal digits: some five seconds of a parser's time."""


def heavy_pdf() -> bytes:
    """As large as a file may be, and slow to read."""
    from tests.documents.corpus import pdf

    return pdf(b"", *[b"<" + b"61" * 512 * 1024 + b">"] * MEGABYTES)


def attach(draft: Any, data: bytes) -> None:
    """As a page of the portal does."""
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.utils import timezone

    from permits.actions import documents
    from permits.document_kinds import DocumentKind

    documents.attach(
        draft,
        SimpleUploadedFile("scan.pdf", data),
        DocumentKind.OTHER,
        by=draft.created_by,
        at=timezone.now(),
    )


def heavy() -> str:
    """Four heavy files in one draft."""
    from tests.factories.permits import a_claim, a_draft, a_user

    by = a_user(email="heavy@example.am")
    draft, data = a_draft(a_claim(by), by), heavy_pdf()
    for _ in range(HEAVY_FILES):
        attach(draft, data)
    return str(draft.pk)


def light() -> str:
    """One light file in a draft, and another application that is filed: its employer gets a letter."""
    from django.utils import timezone

    from permits.actions import applications
    from permits.case_types.new import CASE_TYPE
    from permits.models import Application
    from permits.submissions.draft import Draft
    from tests.documents.corpus import pdf
    from tests.factories import permits as make

    by, at = make.a_user(email="light@example.am"), timezone.now()
    employer = make.a_claim(by, tax_number="87654321")
    filed = make.a_draft(employer, by)
    for part, values in make.answers(timezone.localdate(at)).items():
        applications.save_part(filed, part, values, by=by, at=at)
    for kind in CASE_TYPE.documents:
        make.attach(filed, kind, by=by, at=at, checked=False)
    applications.submit(
        Application.objects.get(pk=filed.pk),
        by=by,
        at=timezone.now(),
        declared=True,
        expected_draft=Draft.AS_SAVED,
    )
    draft = make.a_draft(employer, by)
    attach(draft, pdf())
    return str(draft.pk)


if __name__ == "__main__":
    django.setup()
    steps: dict[str, Callable[[], str]] = {"heavy": heavy, "light": light}
    print(steps[sys.argv[1]]())
