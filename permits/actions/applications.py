"""Steps of the employer on an application: start, fill in, submit, answer, withdraw."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from permits import powers, references
from permits.case_types.registry import case_type
from permits.checks.actions import request_checks
from permits.completeness.filed_twice import lock_alike, said
from permits.models import (
    Application,
    DraftActivity,
    Employer,
    FeedItem,
    Question,
    Submission,
)
from permits.parts.catalogue import ASKED, MODELS
from permits.parts.kinds import Tick
from permits.queries import may_file_for, open_parts
from permits.states import State
from permits.submissions import snapshot
from permits.submissions.draft import Draft, content_id
from permits.workflow import APPLICATION
from wpis import law
from wpis.accounts.models import User
from wpis.accounts.powers import authorize
from wpis.audit import trail
from wpis.editing.as_read import overtaken
from wpis.errors import ChangedMeanwhile, Refused
from wpis.search.field import with_derived


@transaction.atomic
def start(
    employer: Employer,
    *,
    kind: str,
    by: User,
    at: datetime,
    language: str = "hy",
    key: UUID | None = None,
) -> Application:
    """Open a draft of the case type `kind` with its empty parts, under this key or a new one.

    Raises PermissionDenied unless `by` may file for the employer, KeyError for a case type that does not exist.
    """
    authorize(by, powers.FILE)
    if not may_file_for(by, employer.pk):
        raise PermissionDenied(powers.FILE.name)
    application = Application.objects.create(
        pk=key or uuid.uuid4(),
        kind=case_type(kind).slug,
        employer=employer,
        created_by=by,
        created_at=at,
        language=language,
    )
    for model in MODELS.values():
        model._default_manager.create(application=application)
    DraftActivity.objects.create(application=application, touched_at=at)
    trail.record("permits.application.start", by=by, subject=application)
    return application


def begin(application: Application, *, by: User, at: datetime) -> Application:
    """The application itself, or the draft of one that was only started: the caller saves the first thing of it."""
    if not application._state.adding:
        return application
    try:
        with transaction.atomic():
            return start(
                application.employer,
                kind=application.kind,
                by=by,
                at=at,
                language=application.language,
                key=application.pk,
            )
    except IntegrityError:  # another page of the same application has saved something at this moment
        return Application.objects.get(pk=application.pk)


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of answers that were sent: those that others changed meanwhile, and those left as others set them."""

    changed_by_others: list[str]
    conflicts: list[str]


@transaction.atomic
def save_part(
    application: Application,
    part: str,
    values: dict[str, Any],
    *,
    by: User,
    at: datetime,
    as_read: Mapping[str, str] | None = None,
) -> Saved:
    """Save the answers of one part, complete or not. Raises Refused when that part is not open for changes.

    Of an application that was only started this makes the draft, unless there is no answer in what was sent.
    With `as_read`, the marks of the answers as this person read them (`wpis.editing.as_read`), only what they changed
    since is saved, and what somebody else changed too is left alone and named as a conflict.
    """
    if application._state.adding and not _says_something(application, part, values):
        return Saved([], [])
    current = lock(begin(application, by=by, at=at), by=by)
    open_for_changes(current, part)
    touch(current, at=at)
    row: Any = MODELS[part]._default_manager.get(pk=current.pk)
    theirs, conflicts = overtaken(row, values, as_read or {})
    left = {*theirs, *conflicts}
    changed = [name for name in _differing(row, values) if name not in left]
    for name in changed:
        setattr(row, name, values[name])
    if changed:
        row.save(update_fields=with_derived(MODELS[part], changed))
        trail.record("permits.application.save", by=by, subject=current, part=part, fields=changed)
    return Saved(theirs, conflicts)


@transaction.atomic
def submit(
    application: Application,
    *,
    declared: bool,
    expected_draft: UUID | Draft,
    by: User,
    at: datetime,
) -> Application:
    """File the application: first receipt, deadline, sealed snapshot, checks and letter, all or nothing.

    Raises Refused with everything that is missing, when the declaration was not made, or when the same was filed
    already; and ChangedMeanwhile when the draft is not `expected_draft`, the content that the person read (see
    `content_id`).
    """
    if not declared:
        raise Refused(_("Confirm the declaration before you submit"), field="declared")
    alike = lock_alike(application)
    current = lock(application, "employer", *MODELS, by=by, locked=alike.locked)
    if expected_draft is not Draft.AS_SAVED and expected_draft != content_id(current):
        raise ChangedMeanwhile
    day = timezone.localdate(at)
    if alike.filed and current.state == State.DRAFT:
        raise Refused(said(alike.filed))
    current = APPLICATION.perform_locked(
        current,
        "submit",
        by=by,
        at=at,
        reference=references.new("WP"),
        submitted_at=at,
        regime=law.in_force(day).regime,
        due_on=case_type(current.kind).decision_due(day),
    )
    _create_submission(current, number=1, by=by, at=at)
    return current


@transaction.atomic
def answer(
    application: Application,
    text: str,
    *,
    expected_question: UUID,
    by: User,
    at: datetime,
) -> Application:
    """Answer the officer's question and submit the corrected parts; the decision date moves by the days it took.

    Raises ChangedMeanwhile when the open question is not `expected_question`, the one that the person read.
    """
    if not text.strip():
        raise Refused(_("Enter your answer"), field="answer")
    current = lock(application, "employer", *MODELS, by=by)
    question = Question.objects.filter(application=current, answered_at=None).first()
    if question is None:
        raise Refused(_("There is no open question. Look at the current state."))
    if question.pk != expected_question:
        raise ChangedMeanwhile
    question.answer, question.answered_by, question.answered_at = text.strip(), by, at
    question.save(update_fields=["answer", "answered_by", "answered_at"])
    assert current.submitted_at
    pauses = [
        (timezone.localdate(asked), timezone.localdate(answered))
        for asked, answered in current.questions.exclude(answered_at=None).values_list(
            "asked_at", "answered_at"
        )
    ]
    current = APPLICATION.perform_locked(
        current,
        "answer",
        by=by,
        at=at,
        paused_on=None,
        due_on=case_type(current.kind).decision_due(timezone.localdate(current.submitted_at), pauses),
    )
    _create_submission(current, number=current.submissions.count() + 1, by=by, at=at)
    return current


@transaction.atomic
def withdraw(application: Application, reason: str, *, by: User, at: datetime) -> Application:
    """Take the application back; the file stays. Raises Refused once a decision has been proposed or made."""
    current = lock(application, by=by)
    Question.objects.filter(application=current, answered_at=None).update(
        answer=_("Withdrawn"), answered_by=by, answered_at=at
    )
    return APPLICATION.perform_locked(
        current, "withdraw", by=by, at=at, reason=reason.strip(), paused_on=None, decided_at=at
    )


def unchanged(application: Application, *, expected_draft: UUID, by: User) -> None:
    """Lock the draft, and raise ChangedMeanwhile unless its content still is `expected_draft` (see `content_id`)."""
    current = lock(application, "employer", *MODELS, by=by)
    if content_id(current) != expected_draft:
        raise ChangedMeanwhile


def lock(application: Application, *parts: str, by: User, locked: bool = False) -> Application:
    """The application with those parts, locked for this transaction and read anew.

    `locked`: an earlier statement of this transaction has locked it.
    Raises PermissionDenied unless `by` may file for its employer, and Refused for a draft that was deleted meanwhile.
    """
    current = lock_even_deleted(application, *parts, by=by, locked=locked)
    if current.state == State.DRAFT and _was_deleted(current):
        raise Refused(_("This draft has been deleted."))
    return current


def _was_deleted(draft: Application) -> bool:
    """Whether somebody has deleted it; asked apart where it was not read with the parts, after the lock was held."""
    if Application._meta.get_field("activity").is_cached(draft):
        activity = getattr(draft, "activity", None)
        return activity is not None and activity.deleted_at is not None
    return DraftActivity.objects.filter(pk=draft.pk, deleted_at__isnull=False).exists()


def lock_even_deleted(application: Application, *parts: str, by: User, locked: bool = False) -> Application:
    """The same, also for a draft that was deleted.

    The parts are read once the lock is held: in the statement that waits for it they would be as they were before.
    """
    rows = Application.objects.filter(pk=application.pk)
    if parts:
        if not locked:
            rows.select_for_update(no_key=True).values_list("pk").get()
        current = rows.select_related(*parts, "activity").get()
    else:
        current = rows.select_for_update(no_key=True).get()
    if not may_file_for(by, current.employer_id):
        raise PermissionDenied(powers.FILE.name)
    return current


def open_for_changes(application: Application, part: str) -> None:
    """Raise Refused unless this part may be changed now (permits.queries.open_parts)."""
    if part not in open_parts(application):
        raise Refused(_("This part cannot be changed now. Look at the current state of the application."))


def touch(application: Application, *, at: datetime) -> None:
    """Note that somebody works on a draft: it is not abandoned, and what its owner was told no longer holds."""
    if application.state == State.DRAFT:
        DraftActivity.objects.filter(pk=application.pk).update(touched_at=at, told_at=None)


def _says_something(application: Application, part: str, values: Mapping[str, Any]) -> bool:
    """Whether there is an answer in what was sent for an empty part; a box that is not ticked is none."""
    ticks = {name for name, field in ASKED[part].by_name.items() if isinstance(field.kind, Tick)}
    differing = _differing(getattr(application, part), values)
    return any(values[name] or name not in ticks for name in differing)


def _differing(row: Any, values: Mapping[str, Any]) -> list[str]:
    return [name for name, value in values.items() if getattr(row, name) != value]


def _create_submission(application: Application, *, number: int, by: User, at: datetime) -> None:
    """Seal what was declared, request its checks and queue it for the feed: the same rows for every file."""
    key = uuid.uuid4()
    data, digest = snapshot.canonical(snapshot.take(application, submission=key, number=number, at=at))
    submission = Submission.objects.create(
        pk=key, application=application, number=number, snapshot=data, digest=digest, by=by, at=at
    )
    request_checks(submission, at=at)
    FeedItem.objects.create(kind="submission", key=key, created_at=at, due_at=at)
