"""What an application, a company and an account may send: said at the field, and exact for two at once."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import psycopg2
import pytest
from django.db import connection
from django.test import override_settings
from django.utils import timezone

from permits.actions import documents
from permits.document_kinds import DocumentKind
from permits.models import Application, ApplicationDocument
from tests.factories import permits as make
from wpis.documents import quotas
from wpis.documents.models import Sender, Upload
from wpis.errors import Refused, TooMany
from wpis.surfaces import ROLES

MANY = {
    "files_of_application": 1000,
    "megabytes_of_application": 1000,
    "waiting": 1000,
    "files_an_hour": 1000,
    "files_a_day": 1000,
    "megabytes_a_day": 1000,
}


@pytest.fixture
def at_most(settings: Any) -> Any:
    def set_to(**limits: int) -> None:
        settings.WPIS_UPLOAD_QUOTAS = MANY | limits

    return set_to


def a_draft() -> Application:
    by = make.a_user()
    return make.a_draft(make.an_employer(by), by)


def send(application: Application, by: Any = None, at: Any = None) -> ApplicationDocument:
    by = by or application.created_by
    return documents.attach(
        application, make.a_file("scan.pdf"), DocumentKind.OTHER, by=by, at=at or timezone.now()
    )


@pytest.mark.django_db
@pytest.mark.parametrize("limit", ["files_of_application", "megabytes_of_application"])
def test_an_application_holds_so_much_and_a_removed_file_makes_room(at_most: Any, limit: str) -> None:
    draft, other = a_draft(), a_draft()
    first = send(draft)
    at_most(**{limit: 1})
    if limit == "megabytes_of_application":
        Upload.objects.filter(pk=first.upload_id).update(size=quotas.MEGABYTE)
    with pytest.raises(Refused) as refused:
        send(draft)
    assert (type(refused.value), refused.value.field) == (Refused, "file")
    send(other)
    documents.remove(first, by=draft.created_by, at=timezone.now())
    send(draft)


@pytest.mark.django_db
@pytest.mark.parametrize("whose", ["party", "account"])
@pytest.mark.parametrize(
    ("limit", "frees", "wait"),
    [
        ("waiting", None, timedelta(seconds=30)),
        ("files_an_hour", timedelta(hours=1), timedelta(minutes=59)),
        ("files_a_day", timedelta(days=1), timedelta(hours=23, minutes=59)),
        ("megabytes_a_day", timedelta(days=1), timedelta(hours=1)),
    ],
)
def test_a_company_and_an_account_send_so_much_in_a_time_whatever_they_send_it_for(
    at_most: Any, whose: str, limit: str, frees: timedelta | None, wait: timedelta
) -> None:
    at, draft = timezone.now(), a_draft()
    sent = send(draft, at=at - timedelta(minutes=1))
    Upload.objects.filter(pk=sent.upload_id).update(size=quotas.MEGABYTE)
    senders = {"party": draft.employer_id, "account": draft.created_by_id}
    same: dict[str, Any] = {"party": uuid.uuid4(), "account": uuid.uuid4(), whose: senders[whose]}
    at_most(**{limit: 1})
    with pytest.raises(TooMany) as refused:
        quotas.admit(1, **same, at=at)
    assert (refused.value.field, refused.value.retry_after) == ("file", wait)
    quotas.admit(1, party=uuid.uuid4(), account=uuid.uuid4(), at=at)
    if frees is None:
        make.check_documents(draft)
        frees = timedelta()
    quotas.admit(1, **same, at=at + frees)


@pytest.mark.django_db
def test_the_page_says_so_at_the_field_and_when_to_come_back(at_most: Any, client_on: Any) -> None:
    draft = a_draft()
    window = client_on("portal").sign_in(draft.created_by)
    at_most(waiting=1)
    address = f"/applications/{draft.pk}/documents/"

    def post() -> Any:
        return window.post(address, {"kind": "other", "file": make.a_file("scan.pdf")})

    assert post().status_code == 302
    answer = post()
    assert (answer.status_code, answer["Retry-After"]) == (429, "30")
    page = answer.content.decode()
    assert "Many of your files are still being checked" in page
    assert 'value="other"' in page
    at_most(files_of_application=1)
    answer = post()
    assert (answer.status_code, "at most 1 files" in answer.content.decode()) == (422, True)
    assert draft.documents.count() == 1


@pytest.mark.parametrize("shared", ["company", "account"])
def test_of_many_uploads_at_once_exactly_as_many_pass_as_may(
    committed: None, at_most: Any, shared: str
) -> None:
    at_most(waiting=3)
    by = make.a_user()
    company = make.an_employer(by)
    drafts = [make.a_draft(company if shared == "company" else make.an_employer(by), by).pk for _ in range(8)]
    together = Barrier(len(drafts))

    def upload(draft: uuid.UUID) -> str:
        try:
            with connection.cursor() as cursor:
                cursor.execute(f"SET ROLE {ROLES['portal']}")
            application = Application.objects.get(pk=draft)
            together.wait()
            try:
                send(application)
            except TooMany:
                return "too many"
            return "stored"
        finally:
            connection.close()

    with override_settings(WPIS_SURFACE="portal"), ThreadPoolExecutor(len(drafts)) as threads:
        answers = list(threads.map(upload, drafts))
    assert sorted(answers) == ["stored"] * 3 + ["too many"] * 5
    assert Upload.objects.count() == 3


def test_who_waits_too_long_for_another_upload_of_the_same_sender_is_told_so(
    committed: None, at_most: Any, database_url: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_most()
    monkeypatch.setattr(quotas, "PATIENCE_MS", 100)
    draft = a_draft()
    send(draft)
    with psycopg2.connect(database_url()) as raw, raw.cursor() as cursor:
        cursor.execute("SELECT 1 FROM documents_sender WHERE id = %s FOR UPDATE", [str(draft.employer_id)])
        with pytest.raises(TooMany, match="being received"):
            send(draft)
    send(draft)
    assert Sender.objects.count() == 2
