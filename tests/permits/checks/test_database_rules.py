"""The database holds the rules of checks and opinions by itself: who writes what, and what never changes."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from permits.check_kinds import CheckKind
from permits.models import Check, OpinionText
from tests.conftest import standing_on
from tests.factories import permits as make
from tests.permits.checks.given import POLICE, give
from wpis.accounts.models import User

pytestmark = pytest.mark.django_db


WRITES = {
    "portal asks": ("portal", "insert", True),
    "office asks": ("office", "insert", True),
    "protection asks": ("protection", "insert", False),
    "portal records": ("portal", "record", False),
    "office records": ("office", "record", True),
    "protection records": ("protection", "record", False),
    "portal overrides": ("portal", "override", False),
    "office overrides without a confirmed request": ("office", "override", False),
    "protection overrides": ("protection", "override", False),
    "office writes an automatic check": ("office", "automatic", False),
    "office writes a check of the files": ("office", "documents", False),
    "protection completes the check of the files": ("protection", "files", False),
    "office completes the check of the files": ("office", "files", True),
}


@pytest.mark.parametrize("write", WRITES)
def test_which_database_role_may_write_what_of_a_check(asked: Check, supervisor: User, write: str) -> None:
    surface, what, allowed = WRITES[write]
    now, files = timezone.now(), Check.objects.filter(submission=asked.submission, kind=CheckKind.DOCUMENTS)
    make.open_again(files)
    # Another submission of the file, whose checks are not written yet.
    bare = type(asked.submission).objects.create(
        application=asked.submission.application, number=9, snapshot={}, digest="", by=supervisor, at=now
    )
    row = Check.objects.filter(pk=asked.pk)

    def act() -> None:
        match what:
            case "insert":
                Check.objects.create(submission=bare, kind="opinion", agency=POLICE, requested_at=now)
            case "record":
                assert row.update(completed_at=now, answered_by=supervisor, outcome="no_objection") == 1
            case "override":
                assert row.update(overridden_at=now, overridden_by=supervisor, override_reason="please") == 1
            case "files":
                assert files.update(completed_at=now) == 1
            case kind:
                Check.objects.create(submission=bare, kind=kind, requested_at=now)

    with standing_on(surface):
        if allowed:
            act()
        else:
            with pytest.raises(DatabaseError), transaction.atomic():
                act()


DONE: dict[str, dict[str, Any]] = {
    "answered": {"completed_at": timezone.now(), "outcome": "no_objection"},
    "overridden": {"overridden_at": timezone.now(), "override_reason": "please"},
    "with an override's reason": {"override_reason": "please"},
    "superseded": {"superseded_at": timezone.now()},
}


@pytest.mark.parametrize("done", DONE)
@pytest.mark.parametrize("surface", ["portal", "office"])
def test_a_check_is_added_as_a_request_and_never_as_one_that_is_done(
    asked: Check, supervisor: User, surface: str, done: str
) -> None:
    row = Check(submission=asked.submission, kind="opinion", agency=POLICE, requested_at=asked.submission.at)
    for name, value in DONE[done].items():
        setattr(row, name, value)
    row.answered_by = supervisor if row.completed_at else None
    with standing_on(surface):
        with pytest.raises(DatabaseError, match=r"wait only|record opinions"), transaction.atomic():
            row.save(force_insert=True)
        Check(
            submission=asked.submission, kind="opinion", agency=POLICE, requested_at=asked.submission.at
        ).save()


@pytest.mark.parametrize(
    "change",
    [
        {"outcome": "no_objection"},
        {"completed_at": None, "answered_by": None, "outcome": ""},
        {"employer_text": "All is well."},
        {"completed_at": timezone.now() + timedelta(days=1)},
    ],
)
def test_an_opinion_that_was_given_never_changes(
    asked: Check, supervisor: User, change: dict[str, Any]
) -> None:
    give(asked, "objection", supervisor)
    with pytest.raises(DatabaseError), transaction.atomic():
        Check.objects.filter(pk=asked.pk).update(**change)
    text = OpinionText.objects.get(check_row=asked)
    text.text = "Nothing is known."
    for write in (text.save, text.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            write()


@pytest.mark.parametrize(
    "change",
    [
        {"kind": CheckKind.DOCUMENTS, "agency": ""},
        {"agency": POLICE},
        {"agency": ""},
        {"due_on": None},
        {"requested_at": timezone.now() + timedelta(days=1)},
    ],
)
def test_what_was_asked_never_changes(asked: Check, change: dict[str, Any]) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        Check.objects.filter(pk=asked.pk).update(**change)


@pytest.mark.parametrize(
    "row",
    [
        {"kind": CheckKind.OPINION},
        {"kind": CheckKind.DOCUMENTS, "agency": POLICE},
        {"kind": CheckKind.OPINION, "agency": POLICE, "completed_at": timezone.now()},
        {"kind": CheckKind.OPINION, "agency": POLICE, "outcome": "objection"},
    ],
)
def test_a_row_is_an_opinion_with_its_agency_answered_whole_or_neither(
    asked: Check, row: dict[str, Any]
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Check.objects.create(submission=asked.submission, requested_at=timezone.now(), **row)
