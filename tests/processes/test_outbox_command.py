"""`manage.py outbox`: a job that wants a person is seen, tried again or dropped with a reason."""

from datetime import timedelta
from io import StringIO
from typing import Any
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from permits.models import FeedItem
from referral.models import Reminder
from tests.conftest import standing_on
from wpis.audit.models import AuditEvent, AuditNote
from wpis.documents.queues import CheckedFile, FileCheck
from wpis.letters.sending import message_id
from wpis.models import BackgroundJob
from wpis.outbox import ATTEMPTS, OutboxRow

pytestmark = pytest.mark.django_db


def job(rows: type[OutboxRow] = BackgroundJob, **columns: Any) -> OutboxRow:
    hour_ago = timezone.now() - timedelta(hours=1)
    number = rows._default_manager.count() + 1
    columns = {"kind": "letter", "payload": {"to": "anahit@example.am"}, **columns}
    if rows is FileCheck:
        columns |= {"party": UUID(int=1), "account": UUID(int=1)}
    return rows._default_manager.create(key=UUID(int=number), created_at=hour_ago, due_at=hour_ago, **columns)


def dead(rows: type[OutboxRow] = BackgroundJob) -> OutboxRow:
    return job(rows, dead_at=timezone.now(), attempts=ATTEMPTS, error="SMTPException")


def unknown() -> OutboxRow:
    return job(started_at=timezone.now() - timedelta(minutes=10))


def outbox(*words: Any, surface: str = "") -> str:
    out = StringIO()
    if surface:
        with standing_on(surface):
            call_command("outbox", *map(str, words), stdout=out)
    else:
        call_command("outbox", *map(str, words), stdout=out)
    return out.getvalue()


def test_the_list_tells_what_is_not_done_and_names_nobody() -> None:
    given_up, lost = dead(), unknown()
    job()
    job(started_at=timezone.now())
    job(done_at=timezone.now())
    said = outbox()
    for state in ("dead", "unknown", "waiting", "under way"):
        assert f"wpis_errand letter {state}: 1, oldest 60 min" in said
    assert f"{given_up.pk} wpis_errand letter dead, 60 min, 12 attempts, SMTPException" in said
    assert f"{lost.pk} wpis_errand letter unknown, 60 min" in said
    assert "anahit" not in said
    assert said == outbox("list")


@pytest.mark.parametrize("make", [dead, unknown])
@pytest.mark.parametrize("surface", ["", "office", "protection"])
def test_a_job_is_tried_again_and_the_trail_knows(make: Any, surface: str) -> None:
    row = make()
    why = ["--reason", "The mail server never saw it"] if make is unknown else []
    outbox("retry", row.pk, *why, surface=surface)
    row.refresh_from_db()
    assert row in BackgroundJob.waiting(timezone.now())
    assert (row.attempts, row.error) == (0, "")
    event = AuditEvent.objects.get(action="wpis.job.retry")
    assert (event.subject, event.detail["job"]) == (row.pk, "letter")
    assert [note.text for note in AuditNote.objects.filter(event=event)] == why[1:]


def test_a_letter_in_doubt_is_not_sent_again_without_a_reason() -> None:
    row = unknown()
    with pytest.raises(CommandError, match="may go out twice"):
        outbox("retry", row.pk)
    row.refresh_from_db()
    assert row not in BackgroundJob.waiting(timezone.now())


@pytest.mark.parametrize("surface", ["", "office", "protection"])
def test_a_letter_in_doubt_is_taken_as_sent_with_a_reason(surface: str) -> None:
    row = unknown()
    with pytest.raises(CommandError, match="reason"):
        outbox("sent", row.pk, "--reason", " ")
    assert f"in the mail server's log {message_id(row)}" in outbox()
    outbox("sent", row.pk, "--reason", "It stands in the log", surface=surface)
    row.refresh_from_db()
    assert (row.done_at is not None, row.dead_at) == (True, None)
    assert outbox() == ""
    event = AuditEvent.objects.get(action="wpis.job.take_as_sent")
    assert (event.subject, event.detail["note"]) == (row.pk, "encrypted")
    assert AuditNote.objects.get(event=event).text == "It stands in the log"


def test_what_was_given_up_is_never_taken_as_sent() -> None:
    row = dead()
    with pytest.raises(CommandError, match="was not done"):
        outbox("sent", row.pk, "--reason", "Surely")
    row.refresh_from_db()
    assert row.done_at is None


def test_a_letter_whose_end_is_known_to_be_in_doubt_is_shown_at_once() -> None:
    row = job(started_at=timezone.now(), error="SMTPServerDisconnected")
    assert f"{row.pk} wpis_errand letter unknown" in outbox()
    outbox("sent", row.pk, "--reason", "It stands in the log")


@pytest.mark.parametrize("make", [dead, unknown])
def test_a_job_is_dropped_with_a_reason_and_shows_that_it_was_not_done(make: Any) -> None:
    row = make()
    with pytest.raises(CommandError, match="reason"):
        outbox("drop", row.pk, "--reason", " ")
    outbox("drop", row.pk, "--reason", "Told by telephone")
    row.refresh_from_db()
    assert row.dead_at is not None
    assert row.done_at is not None
    assert outbox() == ""
    event = AuditEvent.objects.get(action="wpis.job.drop")
    assert event.detail["note"] == "encrypted", "what somebody wrote stands in no event"
    assert AuditNote.objects.get(event=event).text == "Told by telephone"


@pytest.mark.parametrize("columns", [{}, {"attempts": 3}, {"started_at": "now"}, {"done_at": "now"}])
def test_a_job_that_needs_nobody_is_left_alone(columns: dict[str, Any]) -> None:
    row = job(
        BackgroundJob,
        **{name: timezone.now() if value == "now" else value for name, value in columns.items()},
    )
    for step in ("retry", "sent", "drop"):
        words = [step, row.pk, "--reason", "Because"]
        with pytest.raises(CommandError, match=r"done|needs nobody"):
            outbox(*words)


@pytest.mark.parametrize("rows", [FileCheck, CheckedFile])
def test_no_check_of_a_file_is_dropped(rows: type[OutboxRow]) -> None:
    row = dead(rows)
    with pytest.raises(CommandError, match="never dropped"):
        outbox("drop", row.pk, "--reason", "Too slow")
    outbox("retry", row.pk)
    assert row in rows.waiting(timezone.now())


def test_no_submission_is_dropped() -> None:
    row = dead(FeedItem)
    with pytest.raises(CommandError, match="never dropped"):
        outbox("drop", row.pk, "--reason", "Too slow")
    row.refresh_from_db()
    assert row.done_at is None
    outbox("retry", row.pk, surface="protection")
    assert row in FeedItem.waiting(timezone.now())


@pytest.mark.parametrize(
    ("surface", "tables"),
    [
        ("portal", set()),
        ("office", {"wpis_errand", "documents_checkedfile"}),
        ("files", {"documents_filecheck"}),
        ("protection", {"wpis_errand", "permits_feeditem", "referral_reminder"}),
    ],
)
def test_a_surface_sees_and_changes_only_the_jobs_of_its_workers(surface: str, tables: set[str]) -> None:
    rows: list[type[OutboxRow]] = [BackgroundJob, FeedItem, Reminder, FileCheck, CheckedFile]
    stuck = [dead(table) for table in rows]
    said = outbox(surface=surface)
    for row in stuck:
        table = row._meta.db_table
        assert (table in said) == (table in tables), table
        if table not in tables:
            with pytest.raises(CommandError, match="no such job"):
                outbox("retry", row.pk, surface=surface)
