"""What a worker does with the files that wait: one after another, each by itself, none for ever."""

from datetime import datetime
from time import monotonic

import structlog
from celery.exceptions import SoftTimeLimitExceeded
from django.db import transaction

from wpis import clock
from wpis.documents.models import State, Upload
from wpis.documents.queues import READ, FileCheck
from wpis.documents.verdicts import Refusal

from . import turns
from .inspection import Outcome, content_of, look, record

BEGIN_WITHIN = 10.0
"""Seconds in which one task begins further files; so each file has nearly the whole time limit for itself."""

MOST_UNANSWERED = 3
"""How often a file is taken that kills its worker or runs into a time limit; then it could not be checked."""

NO_ANSWER = (SoftTimeLimitExceeded, TimeoutError)

log = structlog.get_logger(__name__)


def check_waiting() -> int:
    """Check what waits, in turns; returns how many files were taken.

    A file that runs into the time limit ends the task, and costs nobody else anything: every other file was committed
    by itself, and this one comes again after those of all other senders.
    """
    began, count = monotonic(), 0
    while monotonic() - began < BEGIN_WITHIN and (check := turns.take(at=clock.now())):
        count += 1
        try:
            _inspect(check)
        except Exception as error:
            _give_back(check, error, at=clock.now())
            if isinstance(error, SoftTimeLimitExceeded):
                raise
    return count


def _inspect(check: FileCheck) -> None:
    waits = Upload.objects.only(*READ).get(pk=check.key).state == State.QUARANTINED
    outcome = None
    if waits and check.unanswered > MOST_UNANSWERED:
        log.error("file_could_not_be_checked", reference=str(check.key))
        outcome = Outcome(reason=Refusal.UNCHECKED)
    elif waits:
        outcome = look(content_of(check.key))
    _finish(check, outcome, at=clock.now())


@transaction.atomic
def _give_back(check: FileCheck, error: Exception, *, at: datetime) -> None:
    """Let it be tried again; an error that is no fault of the file does not count as one without an answer."""
    current = FileCheck.objects.select_for_update(no_key=True).get(pk=check.pk)
    if current.done_at is not None or current.taken_at != check.taken_at:
        return
    if not isinstance(error, NO_ANSWER):
        current.unanswered -= 1
    current.fail(at, error)


@transaction.atomic
def _finish(check: FileCheck, outcome: Outcome | None, *, at: datetime) -> None:
    """Write the outcome, unless this worker took so long that the file was given to another one."""
    current = FileCheck.objects.select_for_update(no_key=True).get(pk=check.pk)
    if current.done_at is not None or current.taken_at != check.taken_at:
        return
    if outcome is not None:
        record(check.key, outcome, at=at)
    current.done(at)
