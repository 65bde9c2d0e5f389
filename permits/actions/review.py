"""Steps of an officer before the decision: take, take over or release a file, and ask the employer."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from permits import powers
from permits.case_types.registry import case_type
from permits.checks.required_documents import of_newest, unseen
from permits.models import Application, Question, State
from permits.queries import queue
from permits.states import TAKE_OVER
from permits.workflow import APPLICATION
from wpis.accounts.models import User
from wpis.accounts.powers import authorize
from wpis.audit import trail
from wpis.errors import ChangedMeanwhile, Refused


def take(application: Application, *, by: User, at: datetime) -> Application:
    """Assign the file to `by`. Raises Refused when another officer took it first."""
    return APPLICATION.perform(application, "take", by=by, at=at, officer=by)


@transaction.atomic
def take_next(*, by: User, at: datetime) -> Application | None:
    """Take the unassigned file with the earliest decision date; None when the queue is empty."""
    authorize(by, powers.TAKE)
    waiting = queue().filter(state=State.SUBMITTED, officer=None)
    row = waiting.select_for_update(skip_locked=True, no_key=True, of=("self",)).first()
    return take(row, by=by, at=at) if row else None


@transaction.atomic
def take_over(
    application: Application, reason: str, *, expected_steps: int, by: User, at: datetime
) -> Application:
    """Replace the officer of a file that is in review or waits for the employer's answer.

    Only the officer changes: state, clock, open question and what the employer sees stay. `expected_steps` is the
    number of steps in the history that the person read; raises ChangedMeanwhile when the file has moved on since.
    """
    authorize(by, powers.TAKE)
    if not reason.strip():
        raise Refused(_("Say why you take over this file"), field="reason")
    current = Application.objects.select_for_update(no_key=True).get(pk=application.pk)
    if current.changes.count() != expected_steps:
        raise ChangedMeanwhile
    former, step = current.officer_id, TAKE_OVER.get(current.state, "take_over")
    current = APPLICATION.perform_locked(current, step, by=by, at=at, reason=reason.strip(), officer=by)
    trail.record("permits.application.take_from", by=by, subject=current, former=str(former or ""))
    return current


def release(application: Application, reason: str, *, by: User, at: datetime) -> Application:
    """Return one's own file to the queue, with a note for the next officer."""
    if not reason.strip():
        raise Refused(_("Leave a note for the next officer"), field="reason")
    return APPLICATION.perform(application, "release", by=by, at=at, reason=reason.strip(), officer=None)


@transaction.atomic
def ask(
    application: Application,
    text: str,
    sections: list[str],
    *,
    expected_submission: UUID,
    by: User,
    at: datetime,
) -> Question:
    """Ask the employer to explain or to correct the named parts; the decision clock is paused meanwhile.

    The documents are opened too when one that is required cannot be shown: without it no answer is accepted.

    Raises ChangedMeanwhile when the employer has filed something newer than `expected_submission`, the submission
    that the officer read: the question may be answered there.
    """
    if not text.strip():
        raise Refused(_("Enter the question"), field="text")
    current = Application.objects.select_for_update(no_key=True).get(pk=application.pk)
    if current.submissions.latest("number").pk != expected_submission:
        raise ChangedMeanwhile
    current = APPLICATION.perform_locked(current, "ask", by=by, at=at, paused_on=timezone.localdate(at))
    declared = case_type(current.kind)
    refused = [each for each in unseen(declared.documents, of_newest(current)) if not each.waits]
    opened = {*sections, *(["documents"] if refused else [])}
    assert current.submitted_at
    return Question.objects.create(
        application=current,
        text=text.strip(),
        sections=[part for part in declared.parts if part in opened],
        asked_by=by,
        asked_at=at,
        answer_by=declared.answer_due(
            timezone.localdate(at), submitted=timezone.localdate(current.submitted_at)
        ),
    )
