"""What a person decides about a background job that was given up, or of which nobody knows how it ended (ADR 42)."""

from datetime import datetime
from uuid import UUID

from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wpis.accounts.models import User
from wpis.audit import trail
from wpis.errors import Refused
from wpis.outbox import OutboxRow
from wpis.processes import open_jobs


class DropReason(models.TextChoices):
    """Why a job is closed that was not done; a reason of one's own could name somebody in the trail."""

    DONE_OTHERWISE = "done_otherwise", gettext_lazy("It was done in another way")
    NOT_NEEDED = "not_needed", gettext_lazy("Nobody needs it any more")
    IMPOSSIBLE = "impossible", gettext_lazy("It can never be done")


class AgainReason(models.TextChoices):
    """Why a letter is sent again of which nobody knows whether it went out."""

    NOT_IN_LOG = "not_in_log", gettext_lazy("The mail server's log says that it was not taken")
    NOT_RECEIVED = "not_received", gettext_lazy("The recipient says that it did not arrive")
    TWICE_IS_BETTER = "twice_is_better", gettext_lazy("Nobody knows, and twice is better than never")


class SentReason(models.TextChoices):
    """Why a letter is taken as sent of which nobody knows whether it went out."""

    IN_LOG = "in_log", gettext_lazy("The mail server's log says that it was taken")
    RECEIVED = "received", gettext_lazy("The recipient says that it arrived")
    TOLD_OTHERWISE = "told_otherwise", gettext_lazy("The recipient was told in another way")


@transaction.atomic
def retry(job: UUID, *, reason: str = "", by: User | None, at: datetime) -> OutboxRow:
    """Make a job due at once with all its attempts.

    A letter of which nobody knows may then go out twice, so that somebody says why. Raises Refused.
    """
    row = stuck(job, at)
    if row.dead_at is None and not reason.strip():
        raise Refused(_("A reason is needed: the letter may go out twice."), field="reason")
    trail.record(
        "wpis.job.retry",
        by=by,
        subject=row,
        note=reason.strip(),
        job=row.kind,
        attempts=row.attempts,
        error=row.error,
    )
    row.attempts, row.error, row.started_at, row.dead_at, row.due_at = 0, "", None, None, at
    row.save(update_fields=["attempts", "error", "started_at", "dead_at", "due_at"])
    return row


@transaction.atomic
def take_as_sent(job: UUID, *, reason: str, by: User | None, at: datetime) -> OutboxRow:
    """Close a letter of which nobody knew whether it went out: somebody knows now. Raises Refused."""
    if not reason.strip():
        raise Refused(_("A reason is needed."), field="reason")
    row = stuck(job, at)
    if row.dead_at is not None:
        raise Refused(_("This job was given up: it was not done. Try it again or drop it."))
    trail.record(
        "wpis.job.take_as_sent", by=by, subject=row, job=row.kind, error=row.error, note=reason.strip()
    )
    row.done_at = at
    row.save(update_fields=["done_at"])
    return row


@transaction.atomic
def drop(job: UUID, *, reason: str, by: User | None, at: datetime) -> OutboxRow:
    """Close a job without doing it. It keeps `dead_at` beside `done_at`, which says that nothing was done."""
    if not reason.strip():
        raise Refused(_("A reason is needed."))
    row = stuck(job, at)
    if not row.may_be_dropped:
        raise Refused(_("A job of this table is never dropped; mend the cause and try it again."))
    trail.record("wpis.job.drop", by=by, subject=row, job=row.kind, error=row.error, note=reason.strip())
    row.dead_at, row.done_at = row.dead_at or at, at
    row.save(update_fields=["dead_at", "done_at"])
    return row


def stuck(job: UUID, at: datetime) -> OutboxRow:
    """The job, locked, if it wants a person. Raises Refused."""
    for rows in open_jobs.changeable():
        row = rows._default_manager.select_for_update(of=("self",)).filter(pk=job).first()
        if row is None:
            continue
        if row.done_at is not None:
            raise Refused(_("This job is done."))
        if not open_jobs.wants_a_person(row, at):
            raise Refused(_("This job waits for a worker or is being done; it needs nobody."))
        return row
    raise Refused(_("There is no such job that this process may change."))
