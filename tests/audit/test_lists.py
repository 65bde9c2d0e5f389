"""Lists leave one event each: who was shown, and keyed digests of what was searched for; the auditor finds both."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from tests.factories import permits as make
from tests.referral.pages import text, url
from wpis.accounts.roles import Role
from wpis.audit.models import AuditEvent
from wpis.audit.reading import NotRecorded, reads
from wpis.audit.searches import searched, words_of

pytestmark = pytest.mark.django_db


def the_event(action: str) -> AuditEvent:
    return AuditEvent.objects.get(action=action)


def test_an_officers_search_is_kept_as_digests_and_shows_whom_it_found(office: Any) -> None:
    file = make.a_submitted_application()
    officer = make.a_user(Role.OFFICER)
    page = office.sign_in(officer).get("/", {"q": "Sharma N1234567", "tab": "all"})
    assert page.status_code == 200
    office.sign_in(officer).get("/", {"q": "sharma", "tab": "all"})
    none, found = AuditEvent.objects.filter(action="permits.queue.read").order_by("at")
    assert (none.detail["shown"], found.detail["shown"]) == ([], [str(file.pk)])
    assert (found.actor, found.detail["filters"], found.detail["tab"]) == (officer.pk, ["q"], "all")
    assert set(found.detail["searched"]) < set(none.detail["searched"]), (
        "one word in one spelling is one digest"
    )
    kept = json.dumps([none.detail, found.detail]).upper()
    assert "SHARMA" not in kept
    assert "N1234567" not in kept


def test_a_list_leaves_one_event_by_one_statement_however_long_it_is(office: Any) -> None:
    desk = office.sign_in(make.a_user(Role.OFFICER))
    for number in range(3):
        make.a_submitted_application()
        with CaptureQueriesContext(connection) as asked:
            desk.get("/", {"tab": "all"})
        written = [query for query in asked.captured_queries if 'INSERT INTO "audit_' in query["sql"]]
        assert len(written) == 1
        assert len(AuditEvent.objects.latest("at").detail["shown"]) == number + 1


def test_the_auditor_finds_who_searched_for_a_word_and_who_was_shown_a_file(
    office: Any, protection: Any
) -> None:
    file, other = make.a_submitted_application(), make.a_submitted_application()
    officer = make.a_user(Role.OFFICER)
    office.sign_in(officer).get("/", {"q": "Rajesh Sharma", "tab": "all"})
    office.sign_in(officer).get("/", {"q": other.reference, "tab": "all"})
    desk = protection.sign_in(make.a_user(Role.AUDITOR))

    def lists(**asked: str) -> int:
        return text(desk.get(url("audit_log"), asked)).count("permits.queue.read")

    assert lists(searched="SHARMA") == 1
    assert lists(searched="rajesh sharma") == 1
    assert lists(searched="Singh") == 0
    assert lists(subject=str(file.pk)) == 1
    assert lists(subject=str(other.pk)) == 2
    read = AuditEvent.objects.filter(action="audit.log.read").latest("at")
    assert read.detail["about"] == str(other.pk)
    assert "SHARMA" not in json.dumps([row.detail for row in AuditEvent.objects.all()]).upper()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", []),
        ("  Sharma ", ["SHARMA"]),
        ("an 123-456", ["AN", "123456", "AN123456"]),
        ("Շարմա", ["ՇԱՐՄԱ"]),
        ("%% --", []),
    ],
)
def test_the_words_of_a_search_have_one_spelling(typed: str, words: list[str]) -> None:
    assert words_of(typed) == words
    assert len(searched(typed)) == len(words)


def test_a_digest_says_nothing_without_the_key() -> None:
    before = searched("Sharma")
    with override_settings(WPIS_DIGEST_KEYS={"owner-1": "eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHg="}):
        assert searched("Sharma") != before


def test_a_view_that_forgets_to_record_gives_no_answer(rf: Any) -> None:
    from django.http import HttpResponse, HttpResponseRedirect

    with pytest.raises(NotRecorded):
        reads("permits.file.read")(lambda request: HttpResponse("name"))(rf.get("/"))
    with pytest.raises(NotRecorded):
        reads("permits.file.read")(lambda request: HttpResponse("name", status=422))(rf.get("/"))
    assert (
        reads("permits.file.read")(lambda request: HttpResponseRedirect("/"))(rf.get("/")).status_code == 302
    )
