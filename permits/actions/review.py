"""An officer's work on a file before the decision: take it, take it over, hand it back, ask the employer."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from permits import powers
from permits.models import Application, Question, State
from permits.parts.catalogue import ASKED
from permits.queries import queue
from permits.workflow import APPLICATION, TAKE_OVER
from wpis.accounts.models import User
from wpis.accounts.powers import authorize
from wpis.audit import trail
from wpis.errors import Refused
from wpis.law.deadline import answer_due


def take(application: Application, *, by: User, at: datetime) -> Application:
    """Make the file one's own. Raises Refused when somebody was quicker."""
    taken: Application = APPLICATION.perform(application, "take", by=by, at=at, officer=by)
    return taken


@transaction.atomic
def take_next(*, by: User, at: datetime) -> Application | None:
    """Take the file with the earliest decision date that nobody has; None when the queue is empty."""
    authorize(by, powers.TAKE)
    waiting = queue().filter(state=State.SUBMITTED, officer=None)
    row = waiting.select_for_update(skip_locked=True, no_key=True, of=("self",)).first()
    return take(row, by=by, at=at) if row else None


@transaction.atomic
def take_over(
    application: Application, reason: str, *, by: User, at: datetime, read: int | None = None
) -> Application:
    """Go on with a file in a colleague's place, in review or while the employer's answer is awaited.

    Only the officer changes: state, clock, open question and what the employer sees stay. `read` is the number
    of steps in the history that the person had before them; when the file moved on since, Refused.
    """
    authorize(by, powers.TAKE)
    if not reason.strip():
        raise Refused(_("Say why you take over this file"), field="reason")
    current = Application.objects.select_for_update(no_key=True).get(pk=application.pk)
    if read is not None and read != current.changes.count():
        raise Refused(_("This was changed meanwhile, so the step no longer fits. Look at the current state."))
    former, step = current.officer_id, TAKE_OVER.get(current.state, "take_over")
    current = APPLICATION.perform_locked(current, step, by=by, at=at, reason=reason.strip(), officer=by)
    trail.record("permits.application.take_from", by=by, subject=current, former=str(former or ""))
    return current


def release(application: Application, reason: str, *, by: User, at: datetime) -> Application:
    """Put one's own file back into the queue, with a note for the next officer."""
    if not reason.strip():
        raise Refused(_("Leave a note for the next officer"), field="reason")
    released: Application = APPLICATION.perform(
        application, "release", by=by, at=at, reason=reason.strip(), officer=None
    )
    return released


@transaction.atomic
def ask(application: Application, text: str, sections: list[str], *, by: User, at: datetime) -> Question:
    """Ask the employer to explain or correct; the clock stands still until the answer comes."""
    if not text.strip():
        raise Refused(_("Enter the question"), field="text")
    current: Application = APPLICATION.perform(
        application, "ask", by=by, at=at, paused_on=timezone.localdate(at)
    )
    assert current.submitted_at
    return Question.objects.create(
        application=current,
        text=text.strip(),
        sections=[section for section in ASKED if section in sections],
        asked_by=by,
        asked_at=at,
        answer_by=answer_due(timezone.localdate(at), submitted=timezone.localdate(current.submitted_at)),
    )
