"""What is past its time is deleted on a schedule, by protection's role alone; nothing else is."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from axes.models import AccessAttempt
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import ProgrammingError, connection, models, transaction
from django.utils import timezone

from permits.actions import tokens
from permits.models import ApiRequest, DraftActivity
from tests.conftest import standing_on
from tests.factories import permits as make
from wpis.accounts.models import (
    EnrolmentCode,
    OfficeSession,
    PortalSession,
    ProtectionSession,
    RecentRequests,
)
from wpis.accounts.roles import Role
from wpis.audit import trail
from wpis.audit.models import AuditEvent, AuditNote
from wpis.celery import app
from wpis.documents.models import Upload, UploadContent
from wpis.retention import periods
from wpis.second_factor.codes import issue_code
from wpis.tasks import retention

pytestmark = pytest.mark.django_db
Make = Callable[[datetime], models.Model]


def a_session(kind: type[AbstractBaseSession]) -> Make:
    def make_one(at: datetime) -> models.Model:
        made: models.Model = kind.objects.create(
            session_key=f"{at.timestamp()}", session_data="", expire_date=at
        )
        return made

    return make_one


def a_count(at: datetime) -> models.Model:
    return RecentRequests.objects.create(
        asker=f"{at.timestamp()}", surface="portal", moments=[at], forget_at=at
    )


def an_attempt(at: datetime) -> models.Model:
    found = AccessAttempt.objects.create(
        username=f"portal:x{at.timestamp()}@example.am",
        user_agent="x",
        ip_address="192.0.2.1",
        failures_since_start=1,
    )
    AccessAttempt.objects.filter(pk=found.pk).update(attempt_time=at)
    return found  # type: ignore[no-any-return]


def a_code(at: datetime) -> models.Model:
    officer = make.a_user(Role.OFFICER)
    issue_code(officer, by=None, at=at - timedelta(hours=72))
    return EnrolmentCode.objects.get(account=officer)


def an_answer(at: datetime) -> models.Model:
    boss = make.a_user()
    token, _secret = tokens.issue(make.an_employer(boss), "x", by=boss, at=timezone.now())
    return ApiRequest.objects.create(token=token, key="k", digest="d", status=200, answer={}, created_at=at)


def a_draft(at: datetime) -> models.Model:
    draft = make.a_complete_application()
    told = at - timedelta(days=14, minutes=10)
    DraftActivity.objects.filter(pk=draft.pk).update(touched_at=at, told_at=told)
    return draft


def a_deleted_draft(at: datetime) -> models.Model:
    draft = make.a_complete_application()
    DraftActivity.objects.filter(pk=draft.pk).update(deleted_at=at)
    return draft


def a_loose_file(at: datetime) -> models.Model:
    draft = make.a_complete_application()
    upload = Upload.objects.create(
        owner=draft.pk,
        kind="passport",
        name="x.pdf",
        mime="application/pdf",
        size=1,
        received_sha256="x",
        sha256="x",
        uploaded_by=draft.created_by_id,
        uploaded_at=at,
    )
    UploadContent.objects.create(upload=upload, content=b"x")
    return upload


def a_note(at: datetime) -> models.Model:
    with time_machine.travel(at, tick=False):
        trail.record("permits.worker.reveal", by=None, field="worker.phone", why="other", note="Because.")
    found = AuditNote.objects.latest("at")
    assert found.at == at
    return found


MAKERS: dict[str, list[Make]] = {
    "sessions": [a_session(PortalSession), a_session(OfficeSession), a_session(ProtectionSession)],
    "rate_limits": [a_count],
    "sign_in_attempts": [an_attempt],
    "enrolment_codes": [a_code],
    "api_answers": [an_answer],
    "abandoned_drafts": [a_draft],
    "deleted_drafts": [a_deleted_draft],
    "loose_files": [a_loose_file],
    "audit_notes": [a_note],
}
"""One maker for each table from which a kind is deleted."""


def test_every_kind_of_the_file_is_tried_here() -> None:
    assert set(MAKERS) == {kind.kind for kind in periods.kinds()}


@pytest.mark.parametrize(
    ("kind", "number"), [(kind, n) for kind, found in MAKERS.items() for n in range(len(found))]
)
def test_what_is_past_its_time_goes_and_what_is_not_stays(kind: str, number: int) -> None:
    kept = next(kept for kept in periods.kept_on(timezone.localdate()) if kept.kind == kind)
    edge = timezone.now() - timedelta(days=kept.days)
    past, present = (
        MAKERS[kind][number](edge + offset) for offset in (-timedelta(minutes=5), timedelta(minutes=5))
    )
    with standing_on("protection"):
        retention()
    table = type(past)._default_manager
    assert not table.filter(pk=past.pk).exists()
    assert table.filter(pk=present.pk).exists()
    row = AuditEvent.objects.get(action="retention.rows.delete")
    assert (row.detail["kind"], row.detail["rows"], row.actor) == (kind, 1, None)


def test_where_nothing_is_past_its_time_nothing_is_said() -> None:
    with standing_on("protection"):
        retention()
    assert not AuditEvent.objects.exists()


@pytest.mark.parametrize("surface", ["portal", "office"])
def test_no_other_role_deletes_by_this_function(surface: str) -> None:
    denied = pytest.raises(ProgrammingError, match="permission denied")
    with standing_on(surface), denied, transaction.atomic():
        call("sessions", timezone.now())


def test_the_function_deletes_nothing_younger_than_its_least_days_nor_of_another_kind() -> None:
    found = {
        kind.kind: MAKERS[kind.kind][0](timezone.now() + timedelta(minutes=5)) for kind in periods.kinds()
    }
    with standing_on("protection"):
        for kind in found:
            call(kind, timezone.now() + timedelta(days=999))
        with pytest.raises(Exception, match="nothing of this kind"), transaction.atomic():
            call("accounts", timezone.now())
    assert all(type(row)._default_manager.filter(pk=row.pk).exists() for row in found.values())


def call(kind: str, before: datetime) -> Any:
    with connection.cursor() as cursor:
        cursor.execute("SELECT wpis_delete_expired(%s, %s)", [kind, before])
        return cursor.fetchone()


def test_a_period_holds_from_its_day() -> None:
    assert periods.kept_on(date(2026, 11, 26)) == []
    later = {"abandoned_drafts", "deleted_drafts", "loose_files"}
    assert {kept.kind for kept in periods.kept_on(date(2026, 11, 27))} == set(MAKERS) - later
    assert {kept.kind for kept in periods.kept_on(date(2026, 11, 28))} == set(MAKERS)


def test_beat_rings_for_it_on_the_queues_whose_roles_may_do_it() -> None:
    rung = {(entry["task"], entry["options"]["queue"]) for entry in app.conf.beat_schedule.values()}
    assert {
        ("work.retention", "restricted"),
        ("work.accounts", "open"),
        ("work.accounts", "restricted"),
        ("work.drafts", "open"),
    } <= rung
    assert {"work.retention", "work.accounts", "work.drafts"} <= set(app.tasks)
