"""The worker of files: a file that hangs, kills or is too large costs its sender that file, nobody else anything."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from permits.actions import applications
from permits.document_kinds import DocumentKind
from permits.models import Check, CheckKind
from permits.submissions.draft import Draft
from permits.tasks import work_open
from tests.conftest import standing_on
from tests.documents.corpus import pdf
from tests.factories import permits as make
from wpis.documents import sandbox
from wpis.documents.actions import store
from wpis.documents.checking import inspection, turns, work
from wpis.documents.checking.scanner import ScannerDown
from wpis.documents.checking.tasks import work_files
from wpis.documents.models import State, Upload, UploadContent
from wpis.documents.queues import CheckedFile, FileCheck
from wpis.documents.verdicts import Refusal
from wpis.models import BackgroundJob

pytestmark = pytest.mark.django_db

SLOW, QUICK = UUID(int=1), UUID(int=2)


class Killed(BaseException):
    """As SIGKILL: no line of ours runs after it."""


@pytest.fixture(autouse=True)
def no_scanner(settings: Any) -> None:
    settings.WPIS_CLAMD = ""


@pytest.fixture
def looked_at(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What each look into a file does, by the word in the file: an exception, or the real thing."""
    does: dict[str, Any] = {}
    real = inspection.look

    def look(data: bytes) -> Any:
        for word, error in does.items():
            if word.encode() in data:
                raise error
        return real(data)

    monkeypatch.setattr(work, "look", look)
    return does


def sent(party: UUID, word: str) -> Upload:
    file = SimpleUploadedFile(f"{word}.pdf", pdf(f"/{word.title()} (x)".encode()))
    return store(file, owner=UUID(int=9), party=party, kind="other", by=make.a_user(), at=timezone.now())


def states(*uploads: Upload) -> list[str]:
    return [Upload.objects.get(pk=upload.pk).state for upload in uploads]


def again_due() -> None:
    FileCheck.objects.filter(done_at=None).update(due_at=timezone.now(), held_until=None)


def test_a_file_that_runs_into_the_time_limit_takes_nobody_with_it(looked_at: dict[str, Any]) -> None:
    """The known fault: the whole batch began anew with it."""
    looked_at["Slow"] = SoftTimeLimitExceeded()
    before, slow, after = sent(QUICK, "before"), sent(SLOW, "slow"), sent(UUID(int=3), "after")
    with pytest.raises(SoftTimeLimitExceeded):
        work_files()
    assert states(before, slow, after) == [State.CLEAN, State.QUARANTINED, State.QUARANTINED]
    FileCheck.objects.filter(key=slow.pk).update(due_at=timezone.now() + timedelta(hours=1))
    work_files()
    assert states(before, slow, after) == [State.CLEAN, State.QUARANTINED, State.CLEAN]
    for _ in range(2):
        again_due()
        with pytest.raises(SoftTimeLimitExceeded):
            work_files()
    again_due()
    work_files()
    assert states(slow) == [State.UNCHECKED]
    assert FileCheck.objects.filter(done_at=None).count() == 0
    assert UploadContent.objects.get(pk=slow.pk).content is None, "nobody has looked into it: nobody keeps it"
    assert str(Upload.objects.get(pk=slow.pk).why) == str(Refusal.UNCHECKED.label)


def test_a_file_that_kills_its_worker_is_tried_three_times_and_others_go_on(
    looked_at: dict[str, Any],
) -> None:
    looked_at["Slow"] = Killed()
    slow, other = sent(SLOW, "slow"), sent(QUICK, "other")
    for _ in range(work.MOST_UNANSWERED):
        with pytest.raises(Killed):
            work_files()
        held = FileCheck.objects.get(key=slow.pk)
        assert held.held_until
        assert held.held_until - timezone.now() > turns.HOLD - timedelta(seconds=30)
        work_files()
        assert states(slow, other) == [State.QUARANTINED, State.CLEAN]
        again_due()
    work_files()
    assert states(slow) == [State.UNCHECKED]


def test_what_is_no_fault_of_the_file_is_tried_until_a_person_looks(looked_at: dict[str, Any]) -> None:
    looked_at["Waits"] = ScannerDown("no answer")
    upload = sent(SLOW, "waits")
    for _ in range(12):
        work_files()
        again_due()
    check = FileCheck.objects.get(key=upload.pk)
    assert (check.unanswered, check.error, check.dead_at is not None) == (0, "ScannerDown", True)
    assert states(upload) == [State.QUARANTINED]


def test_a_parser_that_hangs_is_killed_and_the_file_could_not_be_checked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """By the clock, as one that sleeps; one that works is killed by its processor time (`test_sniff`)."""

    def hangs(*_: Any) -> Any:
        raise TimeoutError("no verdict on a file within 30 s")

    monkeypatch.setattr(sandbox, "run", hangs)
    upload = sent(SLOW, "hangs")
    for _ in range(4):
        work_files()
        again_due()
    assert states(upload) == [State.UNCHECKED]


def test_an_outcome_that_comes_too_late_counts_for_nothing() -> None:
    """The worker was taken for dead and the file was given to another one."""
    upload, at = sent(SLOW, "late"), timezone.now()
    late = turns.take(at=at)
    assert late
    second = turns.take(at=at + turns.HOLD)
    assert second
    assert second.pk == late.pk
    work._finish(late, inspection.Outcome(reason=Refusal.UNCHECKED), at=timezone.now())
    work._give_back(late, OSError(), at=timezone.now())
    assert states(upload) == [State.QUARANTINED]
    work._finish(second, inspection.look(inspection.content_of(upload.pk)), at=timezone.now())
    work._finish(second, inspection.Outcome(reason=Refusal.UNCHECKED), at=timezone.now())
    assert states(upload) == [State.CLEAN]
    assert CheckedFile.objects.filter(key=upload.pk).count() == 1


def test_other_bytes_than_were_sent_are_not_cleared() -> None:
    upload = sent(SLOW, "replaced")
    stored = UploadContent.objects.get(pk=upload.pk)
    stored.content = pdf()
    stored.save()
    work_files()
    assert states(upload) == [State.QUARANTINED]
    assert FileCheck.objects.get(key=upload.pk).error == "Tampered"


def test_the_worker_of_files_completes_no_check_and_that_of_the_office_does() -> None:
    draft = make.a_complete_application(by=make.a_user())
    by = draft.created_by
    make.attach(draft, DocumentKind.OTHER, by=by, at=timezone.now(), checked=False)
    filed = applications.submit(draft, by=by, at=timezone.now(), declared=True, expected_draft=Draft.AS_SAVED)
    check = Check.objects.get(submission__application=filed, kind=CheckKind.DOCUMENTS)
    assert check.completed_at is None
    with standing_on("files"):
        work_files()
    check.refresh_from_db()
    assert check.completed_at is None
    with standing_on("office"):
        work_open()
    check.refresh_from_db()
    assert check.completed_at is not None


def test_a_job_of_the_first_release_is_handed_to_the_queue_of_files() -> None:
    draft = make.a_draft(make.an_employer(by := make.a_user()), by)
    upload = make.attach(draft, DocumentKind.OTHER, by=by, at=timezone.now(), checked=False).upload
    FileCheck.objects.all().delete()
    Upload.objects.filter(pk=upload.pk).update(party=None)
    BackgroundJob.objects.create(kind="document", key=upload.pk)
    with standing_on("office"):
        work_open()
    check = FileCheck.objects.get(key=upload.pk)
    assert (check.party, check.account) == (draft.employer_id, by.pk)
    with standing_on("files"):
        work_files()
    assert states(upload) == [State.CLEAN]
    BackgroundJob.objects.create(kind="document", key=make.a_user().pk)
