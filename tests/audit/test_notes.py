"""What people write about an audit event is encrypted beside it; the auditor alone reads it; old texts have moved."""

import importlib
from datetime import timedelta
from typing import Any

import pgtrigger
import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test import override_settings
from django.utils import timezone

from tests.conftest import standing_on
from tests.factories import permits as make
from tests.referral.pages import text, url
from wpis.accounts.roles import Role
from wpis.audit import trail
from wpis.audit.digests import Genuine, genuine, signed
from wpis.audit.models import AuditEvent, AuditNote, DigestStart

pytestmark = pytest.mark.django_db

SECRET = "Passport AN7654321, asked by Karen by telephone"
encrypt = importlib.import_module("wpis.audit.migrations.0006_written_words_encrypted").encrypt


def holds(table: str, secret: str) -> bool:
    """Whether a row of the table holds these letters, as text or as bytes."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT string_agg(t::text, ' ') FROM {table} t")
        (printed,) = cursor.fetchone()
    return secret in printed or secret.encode().hex() in printed


def test_what_an_officer_writes_when_a_value_is_shown_lies_encrypted_and_is_read_by_the_auditor_alone(
    office: Any, protection: Any
) -> None:
    file, officer = make.a_submitted_application(), make.a_user(Role.OFFICER)
    desk = office.sign_in(officer)
    reveal = f"/files/{file.reference}/show/worker.passport_number/"
    assert desk.post(reveal, {"why": "other", "note": f"  {SECRET} "}).status_code == 200
    event = AuditEvent.objects.get(action="permits.worker.reveal")
    assert event.detail == {"field": "worker.passport_number", "why": "other", "note": "encrypted"}
    assert AuditNote.objects.get(event=event).text == SECRET
    for table in ("audit_auditevent", "audit_auditnote"):
        assert not holds(table, "AN7654321")
    assert "AN7654321" not in desk.get(f"/files/{file.reference}/").content.decode()
    page = text(protection.sign_in(make.a_user(Role.AUDITOR)).get(url("audit_log")))
    assert SECRET in page
    with standing_on("office"), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        AuditNote.objects.exists()
    call_command("verify_audit")


@pytest.mark.parametrize(
    "why", ["identity", "passport", "contact", "correction", "request", "quality", "other"]
)
def test_every_reason_is_a_word_of_the_list_and_only_another_one_needs_words(office: Any, why: str) -> None:
    file = make.a_submitted_application()
    reveal = f"/files/{file.reference}/show/worker.passport_number/"
    desk = office.sign_in(make.a_user(Role.OFFICER))
    assert desk.post(reveal, {"why": why}).status_code == (422 if why == "other" else 200)
    assert desk.post(reveal, {"why": "because I want to", "note": "x"}).status_code == 422
    assert AuditNote.objects.count() == 0


def test_a_note_that_was_swapped_or_has_gone_is_said_in_the_log_and_takes_no_page_down(
    protection: Any,
) -> None:
    for number in range(2):
        trail.record("permits.worker.reveal", by=None, note=f"note {number}")
    first, second = AuditNote.objects.all()
    with pgtrigger.ignore(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE audit_auditnote SET text = (SELECT text FROM audit_auditnote WHERE event = %s) WHERE event = %s",
            [second.pk, first.pk],
        )
        cursor.execute("DELETE FROM audit_auditnote WHERE event = %s", [second.pk])
    page = text(protection.sign_in(make.a_user(Role.AUDITOR)).get(url("audit_log")))
    assert "The note cannot be read." in page
    assert "The note was deleted: its time is over." in page


@pytest.mark.parametrize("surface", ["portal", "office", "protection"])
def test_no_role_changes_or_deletes_a_note(surface: str) -> None:
    trail.record("permits.worker.reveal", by=None, note="note")
    for statement in ("UPDATE audit_auditnote SET text = ''", "DELETE FROM audit_auditnote"):
        with standing_on(surface), pytest.raises(DatabaseError), transaction.atomic():
            connection.cursor().execute(statement)
    with pytest.raises(DatabaseError), transaction.atomic():
        AuditNote.objects.all().delete()  # nor does the owner, within a year


def an_old_event(action: str, name: str, *, digest: bool = True) -> AuditEvent:
    """An event as the release before this one wrote it: the text in its detail."""
    event = AuditEvent(
        at=timezone.now() - timedelta(days=9),
        action=action,
        surface="owner",
        detail={"field": "x", name: SECRET},
    )
    (signed(event) if digest else event).save(force_insert=True)
    return event


OLD = {"permits.worker.reveal": "note", "wpis.job.drop": "reason", "accounts.staff.first": "reason"}


@pytest.mark.parametrize("digest", [True, False])
@pytest.mark.parametrize("action", OLD)
def test_the_texts_of_earlier_releases_move_and_the_trail_still_verifies(action: str, digest: bool) -> None:
    event = an_old_event(action, OLD[action], digest=digest)
    if not digest:
        DigestStart.objects.filter(pk="audit_auditevent").update(at=timezone.now(), rows=1)
    encrypt(apps, None)
    encrypt(apps, None)  # a second time changes nothing
    event.refresh_from_db()
    assert event.detail == {"field": "x", "note": "encrypted"}
    assert AuditNote.objects.get(event=event).text == SECRET
    assert not holds("audit_auditevent", "AN7654321")
    expected = Genuine.YES if digest else Genuine.BEFORE
    assert genuine(event, began=DigestStart.began(AuditEvent), surface="owner") == expected
    call_command("verify_audit")


def test_an_event_that_was_not_genuine_does_not_become_so_when_its_text_moves() -> None:
    event = an_old_event("permits.worker.reveal", "note")
    with pgtrigger.ignore():
        AuditEvent.objects.filter(pk=event.pk).update(actor=make.a_user(Role.OFFICER).pk)
    encrypt(apps, None)
    event.refresh_from_db()
    assert SECRET not in str(event.detail)
    assert genuine(event, began=None) == Genuine.NO


def test_without_the_key_of_a_digest_no_text_moves() -> None:
    event = an_old_event("permits.worker.reveal", "note")
    other = {"owner-2": "eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHg="}
    with override_settings(WPIS_DIGEST_KEYS=other), pytest.raises(RuntimeError, match="is missing"):
        encrypt(apps, None)
    event.refresh_from_db()
    assert event.detail["note"] == SECRET
