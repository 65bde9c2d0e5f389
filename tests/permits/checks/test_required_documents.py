"""A required document that nobody can see is not checked: it holds the approval until it is sent again or waived."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone
from django.utils.translation import override

from permits import guards
from permits.actions import applications, decisions, documents, review
from permits.models import Application, ApplicationDocument, Check, CheckKind, DocumentKind, Outcome, State
from permits.submissions.draft import Draft
from permits.tasks import work_open
from tests.documents.corpus import pdf
from tests.factories import permits as make
from wpis.documents.checking.tasks import work_files
from wpis.documents.models import State as UploadState
from wpis.documents.models import Upload, UploadContent
from wpis.errors import Refused

pytestmark = pytest.mark.django_db

NO_EVIDENCE = "This document cannot be shown, so it is not checked"


def refuse(application: Application, *kinds: str) -> None:
    """The files of these kinds were refused when they were inspected, as active content is."""
    for document in application.documents.filter(kind__in=kinds, removed_at=None):
        Upload.objects.filter(pk=document.upload_id).update(
            state=UploadState.REFUSED, reason="active", checked_at=timezone.now()
        )
        UploadContent.objects.filter(pk=document.upload_id).update(content=None)


def filed(*refused: str, wait: bool = False) -> Application:
    """A filed application whose files were inspected afterwards; these kinds were refused."""
    by = make.a_user()
    draft = make.a_draft(make.an_employer(by), by)
    for part, values in make.answers(timezone.localdate()).items():
        applications.save_part(draft, part, values, by=by, at=timezone.now())
    for kind in (DocumentKind.PASSPORT, DocumentKind.CONTRACT):
        make.attach(draft, kind, by=by, at=timezone.now(), checked=False)
    draft = Application.objects.get(pk=draft.pk)
    file = applications.submit(draft, declared=True, expected_draft=Draft.AS_SAVED, by=by, at=timezone.now())
    refuse(file, *refused)
    if not wait:
        make.check_documents(file)
    return Application.objects.get(pk=file.pk)


def documents_check(file: Application) -> Check:
    return Check.objects.get(submission__application=file, kind=CheckKind.DOCUMENTS, superseded_at=None)


def in_review(file: Application, officer: Any) -> Application:
    taken = review.take(file, by=officer, at=timezone.now())
    make.complete_checks(taken)
    return taken


SITUATIONS: dict[str, tuple[tuple[str, ...], list[str]]] = {
    "all clean": ((), []),
    "passport refused": (("passport",), ["Copy of the passport page with the photo"]),
    "both refused": (
        ("passport", "contract"),
        ["Copy of the passport page with the photo", "Signed employment contract"],
    ),
}


@pytest.mark.parametrize(("refused", "named"), SITUATIONS.values(), ids=SITUATIONS)
def test_a_refused_required_document_leaves_the_check_open_and_holds_the_approval(
    refused: tuple[str, ...], named: list[str]
) -> None:
    officer = make.a_user("officer")
    file = in_review(filed(*refused), officer)
    assert (documents_check(file).completed_at is None) == bool(named)
    held = guards.own_file_with_checks(file, officer)
    assert len(held) == len(named)
    for sentence, name in zip(held, named, strict=True):
        assert sentence.startswith(f"{NO_EVIDENCE}: {name}.")
    if named:
        with pytest.raises(Refused, match=NO_EVIDENCE):
            make.propose(file, Outcome.APPROVAL, by=officer)
    make.propose(file, Outcome.REFUSAL, by=officer, reason="No document.")


def test_a_refused_document_that_is_not_required_holds_nothing() -> None:
    by, officer = make.a_user(), make.a_user("officer")
    draft = make.a_complete_application(by=by)
    make.attach(draft, DocumentKind.OTHER, by=by, at=timezone.now(), checked=False)
    refuse(draft, "other")
    file = applications.submit(
        Application.objects.get(pk=draft.pk),
        declared=True,
        expected_draft=Draft.AS_SAVED,
        by=by,
        at=timezone.now(),
    )
    assert guards.own_file_with_checks(in_review(file, officer), officer) == []


def test_a_second_clean_file_of_the_kind_is_enough() -> None:
    by, officer = make.a_user(), make.a_user("officer")
    draft = make.a_complete_application(by=by)
    make.attach(draft, DocumentKind.PASSPORT, by=by, at=timezone.now(), checked=False)
    newest = draft.documents.latest("added_at")
    Upload.objects.filter(pk=newest.upload_id).update(state=UploadState.REFUSED, reason="active")
    file = applications.submit(
        Application.objects.get(pk=draft.pk),
        declared=True,
        expected_draft=Draft.AS_SAVED,
        by=by,
        at=timezone.now(),
    )
    assert guards.own_file_with_checks(in_review(file, officer), officer) == []


def test_a_check_that_an_earlier_release_completed_holds_the_approval_too() -> None:
    """Also where the approval was proposed before: the second person cannot confirm it."""
    officer, colleague = make.a_user("officer"), make.a_user("officer")
    file = in_review(filed(), officer)
    decision = make.propose(file, Outcome.APPROVAL, by=officer)
    assert documents_check(file).completed_at is not None
    with_bypass_of_the_verdict(file, "passport")
    with pytest.raises(Refused, match=NO_EVIDENCE):
        decisions.confirm(file, expected_decision=decision.pk, by=colleague, at=timezone.now())
    assert Application.objects.get(pk=file.pk).state == State.APPROVAL_PROPOSED


def with_bypass_of_the_verdict(file: Application, kind: str) -> None:
    """As rows of an earlier release stand: the check completed although this file was refused."""
    upload = file.documents.get(kind=kind).upload_id
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        Upload.objects.filter(pk=upload).update(state=UploadState.REFUSED, reason="active")
        cursor.execute("RESET session_replication_role")


def detach(upload: Any) -> None:
    ApplicationDocument.objects.filter(upload=upload).update(added_at=timezone.now() + timedelta(days=1))


def replace(upload: Any, content: bytes | None = b"%PDF-1.7 another") -> None:
    stored = UploadContent.objects.get(pk=upload)
    stored.content = content
    stored.save()


def empty(upload: Any) -> None:
    replace(upload, None)


LOST = {"not among the documents filed": detach, "another file in its place": replace, "no content": empty}


@pytest.mark.parametrize("lose", LOST.values(), ids=LOST)
def test_a_document_that_is_not_there_as_it_was_inspected_holds_the_approval(lose: Any) -> None:
    officer, colleague = make.a_user("officer"), make.a_user("officer")
    file = in_review(filed(), officer)
    lose(file.documents.get(kind="passport").upload_id)
    with pytest.raises(Refused, match=NO_EVIDENCE):
        make.propose(file, Outcome.APPROVAL, by=officer)
    other = in_review(filed(), officer)
    decision = make.propose(other, Outcome.APPROVAL, by=officer)
    lose(other.documents.get(kind="passport").upload_id)
    with pytest.raises(Refused, match=NO_EVIDENCE):
        decisions.confirm(other, expected_decision=decision.pk, by=colleague, at=timezone.now())


def test_the_officer_reads_why_and_asks_for_it_again_and_the_employer_for_which(client_on: Any) -> None:
    officer = make.a_user("officer")
    file = in_review(filed("passport"), officer)
    desk = client_on("office").sign_in(officer)
    page = " ".join(desk.get(f"/files/{file.reference}/").content.decode().split())
    assert "Not satisfied" in page
    assert f"{NO_EVIDENCE}: Copy of the passport page with the photo." in page
    assert f"/files/{file.reference}/ask/?again=1" in page
    ask = desk.get(f"/files/{file.reference}/ask/?again=1").content.decode()
    with override("en"):
        assert "We could not open these documents: Copy of the passport page with the photo." in ask

    question = review.ask(
        file, "Please send it.", [], expected_submission=make.newest(file), by=officer, at=timezone.now()
    )
    assert question.sections == ["documents"], "an answer is accepted only with the document"
    by = file.created_by
    window = client_on("portal").sign_in(by)
    assert (
        f"/applications/{file.pk}/documents/"
        in window.get(f"/applications/{file.pk}/answer/").content.decode()
    )
    status = window.get(f"/applications/{file.pk}/documents/").content.decode()
    assert "Cannot be used" in status
    with pytest.raises(Refused, match="Add: Copy of the passport"):
        applications.answer(file, "Here.", expected_question=question.pk, by=by, at=timezone.now())
    make.attach(file, DocumentKind.PASSPORT, by=by, at=timezone.now())
    applications.answer(file, "Here.", expected_question=question.pk, by=by, at=timezone.now())
    make.complete_checks(file)
    file.refresh_from_db()
    assert documents_check(file).completed_at is not None
    make.propose(file, Outcome.APPROVAL, by=officer)


def test_a_file_refused_while_another_question_is_open_can_be_sent_again(client_on: Any) -> None:
    """Else the answer would need what no page lets the employer give."""
    officer = make.a_user("officer")
    file = review.take(filed(wait=True), by=officer, at=timezone.now())
    question = review.ask(
        file, "Which floor?", ["terms"], expected_submission=make.newest(file), by=officer, at=timezone.now()
    )
    assert question.sections == ["terms"]
    refuse(file, "contract")
    make.check_documents(file)
    window = client_on("portal").sign_in(file.created_by)
    assert (
        f"/applications/{file.pk}/documents/"
        in window.get(f"/applications/{file.pk}/answer/").content.decode()
    )
    make.attach(file, DocumentKind.CONTRACT, by=file.created_by, at=timezone.now())
    applications.answer(file, "Third.", expected_question=question.pk, by=file.created_by, at=timezone.now())
    with pytest.raises(Refused):
        documents.attach(file, make.a_file(), DocumentKind.PASSPORT, by=file.created_by, at=timezone.now())


def test_a_passport_with_a_script_in_it_is_never_approved() -> None:
    """The whole way, with the real inspection."""
    by, officer = make.a_user(), make.a_user("officer")
    draft = make.a_draft(make.an_employer(by), by)
    for part, values in make.answers(timezone.localdate()).items():
        applications.save_part(draft, part, values, by=by, at=timezone.now())
    for kind in (DocumentKind.PASSPORT, DocumentKind.CONTRACT):
        active = SimpleUploadedFile(
            f"{kind}.pdf",
            pdf(b"/OpenAction 4 0 R", b"<< /S /Named /JS (x) >>"),
            content_type="application/pdf",
        )
        documents.attach(draft, active, kind, by=by, at=timezone.now())
    file = applications.submit(
        Application.objects.get(pk=draft.pk),
        declared=True,
        expected_draft=Draft.AS_SAVED,
        by=by,
        at=timezone.now(),
    )
    work_files()
    work_open()
    assert set(Upload.objects.values_list("state", flat=True)) == {UploadState.REFUSED}
    assert documents_check(file).completed_at is None
    in_review(file, officer)
    with pytest.raises(Refused, match=NO_EVIDENCE):
        make.propose(Application.objects.get(pk=file.pk), Outcome.APPROVAL, by=officer)
