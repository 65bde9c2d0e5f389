"""Programs delete drafts too: only as they were read, once, and never what was submitted or is somebody else's."""

from uuid import uuid4

import pytest

from permits.models import Application, DraftActivity
from tests.factories import permits as make
from wpis.audit.models import AuditEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(program):
    """A draft that the program has made: its address and its version."""
    answer = program.post("", {"worker": {"surname": "SHARMA"}}, key="once")
    assert answer.status_code == 201
    return f"/{answer.json()['id']}", answer["ETag"]


def test_a_draft_is_deleted_as_it_was_read_and_is_absent_from_then_on(program, made):
    path, version = made
    gone = program.send("DELETE", path, **{"If-Match": version})
    assert (gone.status_code, gone.content) == (204, b"")
    assert DraftActivity.objects.get().deleted_at is not None
    assert AuditEvent.objects.filter(action="permits.application.delete").count() == 1
    assert program.get("").json()["results"] == []
    absent = program.get(f"/{uuid4()}")
    for answer in (
        program.get(path),
        program.put(path, {"worker": {"surname": "SINGH"}}),
        program.send("DELETE", path, **{"If-Match": version}),
        program.post(f"{path}/submit", {"declared": True}),
    ):
        assert (answer.status_code, answer.content) == (404, absent.content)


def test_a_request_that_names_no_version_deletes_nothing(program, made):
    path, _version = made
    answer = program.send("DELETE", path)
    assert (answer.status_code, answer.json()["code"]) == (428, "unconditional")
    assert program.get(path).status_code == 200
    assert program.send("DELETE", path, **{"If-Match": "*"}).status_code == 204


@pytest.mark.parametrize("version", ["", '"no-version"', f'"{uuid4()}"', f'W/"{uuid4()}"'])
def test_another_version_deletes_nothing(program, made, version):
    path, read = made
    program.put(path, {"worker": {"surname": "SINGH"}})
    assert program.send("DELETE", path, **{"If-Match": version or read}).status_code == 412
    assert program.get(path).status_code == 200


def test_a_change_is_made_as_it_was_read_too(program, made):
    path, version = made
    sent = {"worker": {"surname": "SINGH"}}
    again = program.send("PUT", path, sent, **{"If-Match": version})
    assert again.status_code == 200
    assert again["ETag"] == program.get(path)["ETag"] != version
    assert program.send("PUT", path, sent, **{"If-Match": version}).status_code == 412


def test_what_was_submitted_stays(program, by, company):
    filed = make.a_submitted_application(company, by)
    answer = program.send("DELETE", f"/{filed.pk}", **{"If-Match": "*"})
    assert (answer.status_code, answer.json()["code"]) == (409, "conflict")
    assert program.get(f"/{filed.pk}").status_code == 200


def test_a_draft_of_another_company_is_absent(program, by):
    for other in (make.a_complete_application(), make.a_draft(make.an_employer(by), by)):
        answer = program.send("DELETE", f"/{other.pk}", **{"If-Match": "*"})
        assert (answer.status_code, answer.content) == (404, program.get(f"/{uuid4()}").content)
        assert Application.objects.filter(pk=other.pk, activity__deleted_at=None).exists()


def test_a_start_that_is_sent_again_makes_no_second_draft_also_after_the_first_was_deleted(program, made):
    path, version = made
    sent = {"worker": {"surname": "SHARMA"}}
    assert program.post("", sent, key="once").json()["id"] == path[1:]
    program.send("DELETE", path, **{"If-Match": version})
    assert program.post("", sent, key="once").json()["id"] == path[1:]
    assert Application.objects.count() == 1
