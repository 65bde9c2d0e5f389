"""A file that was replaced after it was cleared is not shown, is told of, and holds the approval."""

import hashlib
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from permits import guards
from permits.actions import applications, review
from permits.document_kinds import DocumentKind
from permits.models import Application
from permits.submissions.draft import Draft
from tests.documents.corpus import many_pages, pdf
from tests.factories import permits as make
from wpis.audit.digests import signed
from wpis.audit.models import AuditEvent
from wpis.audit.verification import reports
from wpis.documents import reading
from wpis.documents.models import Upload, UploadContent

pytestmark = pytest.mark.django_db


def put(upload: Upload, data: bytes | None) -> None:
    """Other bytes in its place, sealed as the service would: with the field key, in the right row."""
    UploadContent(pk=upload.pk, content=data).save(force_update=True)


def past_triggers(upload: Upload, **columns: Any) -> None:
    """As whoever holds the owner's role, or a role that may write these columns: past every rule of the tables."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        Upload.objects.filter(pk=upload.pk).update(**columns)
        cursor.execute("RESET session_replication_role")


def other_bytes(upload: Upload) -> None:
    put(upload, pdf(b"/Lang (hy)"))


def other_bytes_with_their_hash(upload: Upload) -> None:
    """Bytes and hash agree: only the digest under the key of the checking process tells."""
    data = pdf(b"/Lang (hy)")
    put(upload, data)
    past_triggers(upload, sha256=hashlib.sha256(data).hexdigest(), size=len(data))


def cleared_by_nobody(upload: Upload) -> None:
    past_triggers(upload, keyed_digest="")


def with_the_digest_of_another(upload: Upload) -> None:
    """Both files were cleared; each outcome belongs to its own row."""
    by = make.a_user()
    draft = make.a_complete_application(by=by)
    other = draft.attached[0].upload
    put(upload, bytes(reading.content(other)))
    past_triggers(upload, sha256=other.sha256, size=other.size, keyed_digest=other.keyed_digest)


def under_the_key_of_another_surface(upload: Upload) -> None:
    forged = Upload.objects.get(pk=upload.pk)
    past_triggers(upload, keyed_digest=signed(forged, surface="office").keyed_digest)


def under_a_key_that_nobody_knows(upload: Upload) -> None:
    past_triggers(upload, keyed_digest="files-9:" + "0" * 64)


def gone(upload: Upload) -> None:
    put(upload, None)


def sealed_bytes_of_another_row(upload: Upload) -> None:
    other = make.a_complete_application(by=make.a_user()).attached[0].upload
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE documents_uploadcontent SET content = (SELECT content FROM documents_uploadcontent "
            "WHERE upload_id = %s) WHERE upload_id = %s",
            [other.pk, upload.pk],
        )


WAYS: list[Callable[[Upload], None]] = [
    other_bytes,
    other_bytes_with_their_hash,
    cleared_by_nobody,
    with_the_digest_of_another,
    under_the_key_of_another_surface,
    under_a_key_that_nobody_knows,
    gone,
    sealed_bytes_of_another_row,
]


def in_review(officer: Any, *more: DocumentKind) -> Application:
    by = make.a_user()
    draft = make.a_complete_application(by=by)
    for kind in more:
        make.attach(draft, kind, by=by, at=timezone.now())
    draft = Application.objects.get(pk=draft.pk)
    filed = applications.submit(draft, by=by, at=timezone.now(), declared=True, expected_draft=Draft.AS_SAVED)
    make.complete_checks(filed)
    return review.take(filed, by=officer, at=timezone.now())


@pytest.mark.parametrize("kind", [DocumentKind.PASSPORT, DocumentKind.OTHER])
@pytest.mark.parametrize("replace", WAYS, ids=lambda way: way.__name__)
def test_a_replaced_file_is_not_shown_and_everybody_is_told(
    desk: Any,
    officer: Any,
    caplog: pytest.LogCaptureFixture,
    replace: Callable[[Upload], None],
    kind: DocumentKind,
) -> None:
    file = in_review(officer, DocumentKind.OTHER)
    document = file.documents.select_related("upload").get(kind=kind)
    assert guards.documents_as_inspected(file) == []
    picture = f"/files/{file.reference}/documents/{document.pk}/1.png"
    page = f"/files/{file.reference}/?document={document.pk}"
    assert desk.get(picture).status_code == 200
    assert picture in desk.get(page).content.decode()

    replace(document.upload)

    answer = desk.get(picture)
    assert (answer.status_code, answer["Content-Type"].partition(";")[0]) == (409, "text/html")
    assert "record_unreadable" in caplog.text
    caplog.clear()
    told = desk.get(page).content.decode()
    assert picture not in told
    assert "The stored file is not the one that was checked." in told
    assert f"/files/{file.reference}/ask/?again=1" in told
    assert "file_replaced" in caplog.text
    assert AuditEvent.objects.get(action="permits.document.withhold").subject == document.pk
    assert str(kind.label) in desk.get(f"/files/{file.reference}/ask/?again=1").content.decode()
    (held,) = guards.documents_as_inspected(file)
    assert str(kind.label) in held


def test_a_file_that_was_sent_again_makes_up_for_it_and_an_earlier_one_does_not(officer: Any) -> None:
    file = in_review(officer, DocumentKind.PASSPORT)
    first, second = file.documents.filter(kind=DocumentKind.PASSPORT).select_related("upload")
    other_bytes(first.upload)
    assert guards.documents_as_inspected(file) == []
    other_bytes(second.upload)
    assert len(guards.documents_as_inspected(file)) == 1
    put(first.upload, bytes(many_pages(1)))
    assert len(guards.documents_as_inspected(file)) == 1


def test_verify_audit_names_an_outcome_that_nobody_gave(officer: Any) -> None:
    file = in_review(officer)
    make.attach(make.a_draft(file.employer, file.created_by), DocumentKind.OTHER, by=file.created_by,
                at=timezone.now(), checked=False)  # fmt: skip

    def wrong() -> list[str]:
        return [
            problem for report in reports() if report.table == "documents_upload" for problem in report.wrong
        ]

    assert wrong() == []
    upload = file.documents.first().upload  # type: ignore[union-attr]
    past_triggers(upload, keyed_digest="", checked_at=timezone.now().replace(year=2020))
    assert any("more rows without a digest" in problem for problem in wrong())
    past_triggers(upload, keyed_digest="files-1:0")
    assert any(str(upload.pk) in problem for problem in wrong())


def test_a_file_that_was_cleared_before_there_were_digests_is_compared_with_its_hash(officer: Any) -> None:
    file = in_review(officer)
    upload = file.documents.first().upload  # type: ignore[union-attr]
    past_triggers(upload, keyed_digest="", checked_at=timezone.now().replace(year=2020))
    assert reading.is_as_checked(Upload.objects.get(pk=upload.pk))
    other_bytes(upload)
    assert not reading.is_as_checked(Upload.objects.get(pk=upload.pk))


BYTES = re.compile(r"UploadContent|documents_uploadcontent|\.stored\b(?!\()")
READS = {
    "wpis/documents/models.py",  # the table
    "wpis/documents/actions.py",  # writes what was sent
    "wpis/documents/reading.py",  # the only one who reads what was cleared
    "wpis/documents/checking/inspection.py",  # reads what waits for its check
    "permits/development/simulation/background_jobs.py",  # an invented country
}


def test_nothing_but_the_reader_that_verifies_touches_the_bytes_of_a_file() -> None:
    """Every page, interface, letter and print that will ever show a file gets it from there."""
    root = Path(settings.BASE_DIR)
    touching = {
        path.relative_to(root).as_posix()
        for app in ("wpis", "permits", "alerts", "referral")
        for path in (root / app).rglob("*.py")
        if "migrations" not in path.parts and BYTES.search(path.read_text())
    }
    assert touching - {"wpis/documents/grants.py"} == READS
