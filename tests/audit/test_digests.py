"""Digests of the audit trail and of histories: what was written in plain SQL is found, whoever wrote it."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test import override_settings
from django.utils import timezone

from permits.models import Application, ApplicationChange, Check, CheckKind, State
from tests.conftest import standing_on
from tests.factories import permits as make
from wpis.accounts.models import User
from wpis.accounts.roles import Role
from wpis.audit import trail
from wpis.audit.digests import Genuine, genuine, signed
from wpis.audit.models import AuditEvent, DigestStart

pytestmark = pytest.mark.django_db


def said(row, **more):
    return genuine(type(row).objects.get(pk=row.pk), began=None, **more)


def an_event(**detail):
    trail.record("permits.file.read", by=make.a_user(Role.OFFICER), **detail)
    return AuditEvent.objects.get(action="permits.file.read")


def problems(capsys) -> str:
    with pytest.raises(CommandError, match="problems"):
        call_command("verify_audit")
    said: str = capsys.readouterr().out
    return said


def forge(written_on: str, **columns):
    """A row of the audit trail in plain SQL, as the role of a surface."""
    row: dict[str, Any] = {
        "id": uuid.uuid4(),
        "at": timezone.now(),
        "action": "permits.file.read",
        "actor": None,
        "role": "",
        "surface": written_on,
        "subject_kind": "",
        "subject": None,
        "detail": "{}",
        "keyed_digest": f"{written_on}-1:{'0' * 64}",
    } | columns
    with standing_on(written_on), transaction.atomic(), connection.cursor() as cursor:
        names = ", ".join(row)
        cursor.execute(
            f"INSERT INTO audit_auditevent ({names}) VALUES ({', '.join(['%s'] * len(row))})", [*row.values()]
        )


def test_what_the_service_records_is_genuine_when_it_is_read_again():
    event = an_event(
        fields=["given_names", "surname"], count=3, share=0.25, nothing=None, more={"b": 1, "a": "ա"}
    )
    assert said(event, surface=event.surface) == Genuine.YES
    filed = make.a_submitted_application()
    assert [said(step) for step in filed.changes.all()] == [Genuine.YES]
    call_command("verify_audit")


@pytest.mark.parametrize(
    "column", ["at", "action", "actor", "role", "surface", "subject_kind", "subject", "detail"]
)
def test_every_column_of_an_event_is_digested(column):
    event = an_event(count=3)
    other = {"at": event.at + timedelta(microseconds=1), "detail": {"count": 4}}.get(column)
    if column in ("actor", "subject"):
        other = uuid.uuid4()
    setattr(event, column, other or "x")
    assert genuine(event, began=None) == Genuine.NO


@pytest.mark.parametrize("column", ["subject_id", "step", "source", "target", "by_id", "at", "reason"])
def test_every_column_of_a_step_is_digested(column):
    step = make.a_submitted_application().changes.get()
    other = {"at": step.at + timedelta(microseconds=1), "subject_id": uuid.uuid4(), "by_id": uuid.uuid4()}
    setattr(step, column, other.get(column, "x"))
    assert genuine(step, began=None) == Genuine.NO


def test_a_digest_of_another_row_table_or_surface_is_none():
    event = an_event()
    event.id = uuid.uuid4()
    assert genuine(event, began=None) == Genuine.NO
    event = signed(AuditEvent(at=timezone.now(), action="x", surface="portal"))  # with the owner's key
    assert genuine(event, began=None, surface="portal") == Genuine.NO


def test_without_the_key_a_row_could_not_be_checked_and_is_not_taken_for_genuine():
    event = an_event()
    keys = {"portal-9": "eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHg="}
    with override_settings(WPIS_DIGEST_KEYS=keys):
        assert genuine(event, began=None) == Genuine.UNKNOWN


@pytest.mark.parametrize("surface", ["portal", "office", "protection"])
def test_an_event_written_in_plain_sql_is_found_by_the_command_and_in_the_log(surface, protection, capsys):
    forge(surface)
    assert "is not genuine" in problems(capsys)
    page = protection.sign_in(make.a_user(Role.AUDITOR)).get("/log/").content.decode()
    assert page.count("Not genuine") == 1


@pytest.mark.parametrize(
    "columns",
    [
        {"at": timezone.now() - timedelta(hours=1)},
        {"at": timezone.now() + timedelta(hours=1)},
        {"keyed_digest": ""},
        {"surface": "protection"},
    ],
)
def test_a_role_does_not_date_an_event_back_nor_leave_its_digest_out_nor_speak_for_another(columns):
    with pytest.raises(DatabaseError):
        forge("office", **columns)
    forge("office")


def test_a_role_does_not_record_in_the_name_of_an_account_of_another_surface():
    with pytest.raises(DatabaseError, match="not of this surface"):
        forge("office", actor=make.a_user(Role.EMPLOYER).pk)
    forge("office", actor=make.a_user(Role.OFFICER).pk)


def test_rows_from_before_the_digests_are_known_by_their_moment_and_never_more_than_there_were(capsys):
    old = AuditEvent.objects.create(at=timezone.now() - timedelta(days=9), action="x", surface="office")
    assert "than the 0 older ones" in problems(capsys), "nothing was counted, so nothing is older"
    DigestStart.objects.filter(pk="audit_auditevent").update(at=timezone.now() - timedelta(days=1), rows=1)
    assert genuine(old, began=DigestStart.began(AuditEvent)) == Genuine.BEFORE
    call_command("verify_audit")
    AuditEvent.objects.create(at=timezone.now() - timedelta(days=8), action="x", surface="office")
    assert "more rows without a digest than the 1 older ones" in problems(capsys)


@pytest.mark.parametrize("surface", ["portal", "office", "protection"])
def test_no_role_moves_the_boundary(surface):
    for statement in ("UPDATE audit_digeststart SET rows = 9", "DELETE FROM audit_digeststart"):
        with standing_on(surface), pytest.raises(DatabaseError), transaction.atomic():
            connection.cursor().execute(statement)


def test_a_state_without_a_step_and_an_override_without_its_event_are_found(capsys):
    filed = make.a_submitted_application()
    officer = make.a_user(Role.OFFICER)
    with standing_on("office"):
        Application.objects.filter(pk=filed.pk).update(state=State.IN_REVIEW, officer=officer)
    assert f"{filed.pk} is in_review, and no step of its history leads there" in problems(capsys)
    ApplicationChange.objects.create(
        subject=filed, step="take", source="submitted", target="in_review", by=officer, at=timezone.now()
    )
    assert "is not genuine" in problems(capsys), "a step written in plain SQL bears no digest"
    # Not as a surface: the database lets none of them override without a request that a second supervisor confirmed.
    Check.objects.filter(submission__application=filed, kind=CheckKind.AUTOMATIC).update(
        overridden_at=timezone.now(), overridden_by=make_supervisor(), override_reason="please"
    )
    assert "nothing in the audit trail says permits.check.override" in problems(capsys)


def make_supervisor():
    return User.objects.get(role=Role.SUPERVISOR)


@pytest.fixture(autouse=True)
def _supervisor():
    make.a_user(Role.SUPERVISOR)
