"""Starting an application leaves nothing behind; the first thing that is saved makes the draft, once."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import time_machine
from django.apps import apps
from django.utils import timezone

from permits.actions import applications
from permits.drafts.started import WORKS, new_application, started_application
from permits.models import Application, ApplicationDocument, DocumentKind, Employer, Worker
from tests.conftest import SurfaceClient
from tests.factories import permits as make
from tests.permits.employer import typed
from wpis.accounts.models import User
from wpis.accounts.roles import Role
from wpis.audit.models import AuditEvent
from wpis.documents.models import Upload

pytestmark = pytest.mark.django_db

NAME = {"given_names": "Rajesh", "surname": "Sharma"}


@pytest.fixture
def owner() -> User:
    return make.a_user()


@pytest.fixture
def company(owner: User) -> Employer:
    return make.an_employer(owner)


@pytest.fixture
def visit(client_on: Any, owner: User, company: Employer) -> SurfaceClient:
    client: SurfaceClient = client_on("portal")
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client.sign_in(owner)


def start(client: SurfaceClient) -> str:
    """The address of an application that was just started."""
    return str(client.post("/applications/start/")["Location"])


def rows() -> dict[str, int]:
    """How many rows there are of everything but the session and the trail."""
    return {
        model._meta.label: model._default_manager.count()
        for model in apps.get_models()
        if model._meta.app_label in ("permits", "documents") and not model._meta.proxy
    }


def test_starting_looking_at_every_page_and_leaving_stores_nothing(visit: SurfaceClient) -> None:
    before = rows()
    for address in (start(visit), start(visit)):
        listed = visit.get(address)
        assert "Nothing is kept before you save" in listed.content.decode()
        assert "Delete the draft" not in listed.content.decode()
        for part in ("worker", "terms", "housing", "recruitment", "documents"):
            assert visit.get(f"{address}{part}/").status_code == 200
        assert visit.get(f"{address}check/")["Location"] == address
        for page in ("answer", "withdraw", "submitted", "delete", "permit.pdf"):
            assert visit.get(f"{address}{page}/".replace("pdf/", "pdf")).status_code == 404
        assert visit.post(f"{address}check/", {"declared": "on"})["Location"] == address
    assert rows() == before
    assert "Not submitted yet" not in visit.get("/").content.decode()


def test_reading_passport_lines_and_saving_an_empty_page_store_nothing(visit: SurfaceClient) -> None:
    before, address = rows(), start(visit)
    visit.post(f"{address}worker/", {"read": "1", "mrz": "P<IND"})
    for part in ("worker", "terms", "housing", "recruitment"):
        shown = visit.get(f"{address}{part}/").content.decode()
        marks = re.search(r'name="as_read" value="([^"]*)"', shown)
        assert marks
        sent = visit.post(f"{address}{part}/", {"as_read": marks[1].replace("&quot;", '"')})
        assert sent.status_code == 302, part
    assert visit.post(f"{address}documents/", {"kind": "passport"}).status_code == 422
    assert rows() == before


def test_the_first_answer_makes_the_draft_under_the_same_address(
    visit: SurfaceClient, owner: User, company: Employer
) -> None:
    address = start(visit)
    follow = visit.post(f"{address}worker/", NAME)["Location"]
    assert follow == f"{address}terms/"
    draft = Application.objects.get()
    assert address == f"/applications/{draft.pk}/"
    assert (draft.employer, draft.created_by, draft.kind, draft.language) == (company, owner, "new", "en")
    assert Worker.objects.get().given_names == "Rajesh"
    assert AuditEvent.objects.filter(action="permits.application.start", subject=draft.pk).count() == 1
    assert "Delete the draft" in visit.get(address).content.decode()


def test_the_first_file_makes_it_too(visit: SurfaceClient) -> None:
    address = start(visit)
    sent = visit.post(f"{address}documents/", {"kind": DocumentKind.PASSPORT, "file": make.a_file("p.pdf")})
    assert sent.status_code == 302
    draft = Application.objects.get()
    assert ApplicationDocument.objects.get().application == draft
    assert Upload.objects.get().owner == draft.pk


def test_what_is_sent_twice_makes_one_draft(visit: SurfaceClient) -> None:
    address = start(visit)
    for _number in range(2):
        assert visit.post(f"{address}worker/", NAME).status_code == 302
    assert Application.objects.count() == 1


def test_two_pages_that_both_save_the_first_answer_save_into_one_draft(
    owner: User, company: Employer
) -> None:
    first = new_application(company, kind="new", by=owner, at=timezone.now(), language="en")
    second = started_application(first.pk, [company], by=owner, at=timezone.now(), language="en")
    assert second is not None
    applications.save_part(first, "worker", NAME, by=owner, at=timezone.now())
    applications.save_part(second, "terms", {"job_title": "Cook"}, by=owner, at=timezone.now())
    draft = Application.objects.select_related("worker", "terms").get()
    assert (draft.worker.surname, draft.terms.job_title) == ("Sharma", "Cook")


def test_what_was_typed_before_the_session_ended_is_saved_after_signing_in_again(
    visit: SurfaceClient, owner: User, client_on: Any
) -> None:
    address = start(visit)
    again = client_on("portal").sign_in(owner)
    assert again.post(f"{address}worker/", NAME).status_code == 302
    assert Worker.objects.get().surname == "Sharma"


@pytest.mark.parametrize("who", ["a stranger", "a colleague", "a delegate who was dismissed"])
def test_an_address_that_somebody_else_started_is_absent(
    visit: SurfaceClient, owner: User, company: Employer, client_on: Any, who: str
) -> None:
    from permits.actions import delegates

    address = start(visit)
    other = make.a_user(Role.DELEGATE)
    if who != "a stranger":
        make.a_delegate(company, other, by=owner)
    if who == "a delegate who was dismissed":
        address = start(client_on("portal").sign_in(other))
        delegates.dismiss(company, other, by=owner, at=timezone.now())
    there = client_on("portal").sign_in(other)
    absent = there.get(f"/applications/{uuid4()}/")
    for method in (there.get, there.post):
        answer = method(f"{address}worker/")
        assert (answer.status_code, answer.content) == (404, absent.content)
    assert not Application.objects.exists()


def test_a_key_works_as_long_as_a_session_and_then_never_again(owner: User, company: Employer) -> None:
    now = timezone.now()
    key = new_application(company, kind="new", by=owner, at=now, language="en").pk

    def found(at: Any) -> bool:
        return started_application(key, [company], by=owner, at=at, language="en") is not None

    assert found(now + WORKS - timedelta(minutes=2))
    assert not found(now + WORKS + timedelta(minutes=2))
    assert not found(now + timedelta(days=400))
    assert not found(now - timedelta(minutes=2))


def test_keys_are_ordinary_and_no_two_are_alike(owner: User, company: Employer) -> None:
    now = timezone.now()
    keys = {
        new_application(company, kind="new", by=owner, at=now, language="en").pk for _number in range(300)
    }
    assert len(keys) == 300
    assert {key.version for key in keys} == {4}


@pytest.mark.parametrize("byte", range(16))
def test_a_key_that_was_changed_anywhere_is_absent(owner: User, company: Employer, byte: int) -> None:
    now = timezone.now()
    key = new_application(company, kind="new", by=owner, at=now, language="en").pk
    changed = bytearray(key.bytes)
    changed[byte] ^= 1
    other = UUID(bytes=bytes(changed))
    assert started_application(other, [company], by=owner, at=now, language="en") is None


def test_a_whole_form_is_filed_from_an_application_that_was_only_started(
    visit: SurfaceClient, company: Employer
) -> None:
    address = start(visit)
    with time_machine.travel(timezone.now() + timedelta(hours=1), tick=True):
        visit.post("/accounts/logout/")
        visit.sign_in(company.created_by)
        for part, answers in typed.parts(timezone.localdate()).items():
            assert visit.post(f"{address}{part}/", answers).status_code == 302
    assert Application.objects.count() == 1
