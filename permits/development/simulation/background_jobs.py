"""Simulates a day of the `open` workers: inspects uploads and completes letters."""

from collections.abc import Collection
from datetime import datetime, time, timedelta
from uuid import UUID

from django.db import transaction

from permits import letters
from permits.checks import actions
from permits.companies import letters as company_letters
from wpis.development.simulation.country import YEREVAN
from wpis.development.simulation.playing.days import Today
from wpis.documents.checking.inspection import Outcome, content_of, look, record
from wpis.documents.models import State as UploadState
from wpis.documents.models import Upload, UploadContent
from wpis.documents.queues import CHECKED, CheckedFile, FileCheck
from wpis.documents.verdicts import Refusal
from wpis.models import BackgroundJob


def check_uploads(uploads: Collection[UUID]) -> None:
    """Have these uploads checked, each at its own moment.

    The first copy of each specimen goes through the real check, which parses it in a process of its own: half a
    second of processor time or more. All others are given the same answer, since their bytes are the same.
    """
    if not uploads:
        return
    waiting = FileCheck.objects.filter(key__in=uploads, done_at=None)
    for check in waiting.order_by("created_at", "id"):
        _inspect(check, at=check.created_at)


@transaction.atomic
def _inspect(check: FileCheck, *, at: datetime) -> None:
    """What the two workers do, one after the other: the outcome, and what follows from it."""
    record(check.key, _outcome_of_an_earlier_copy(check) or look(content_of(check.key)), at=at)
    check.done(at)
    checked = CheckedFile.objects.get(kind=CHECKED, key=check.key)
    actions.follow_outcome(checked, at)
    checked.done(at)


def _outcome_of_an_earlier_copy(check: FileCheck) -> Outcome | None:
    """What was found in the same bytes; None when they have not been seen before."""
    upload = Upload.objects.get(pk=check.key)
    copies = Upload.objects.filter(received_sha256=upload.received_sha256, name=upload.name)
    earlier = copies.exclude(state=UploadState.QUARANTINED).first()
    if earlier is None:
        return None
    return Outcome(
        reason=Refusal(earlier.reason) if earlier.reason else None,
        pages=earlier.pages,
        scanned_by=earlier.scanned_by,
        kept=UploadContent.objects.get(pk=earlier.pk).content,
    )


def settle(today: Today) -> None:
    """Mark this day's letters as done **without sending them**, unless the day is one of the last two.

    Letters about a simulated past are of no use. Those of the last two days stay in the
    outbox and are sent by the workers like any other.
    """
    if not today.is_recent:
        midnight = datetime.combine(today.on, time(), tzinfo=YEREVAN)
        unsent = BackgroundJob.objects.filter(kind__in=[letters.KIND, *company_letters.SENDERS], done_at=None)
        unsent.filter(created_at__gte=midnight, created_at__lt=midnight + timedelta(days=1)).update(
            done_at=today.moment(23, 59)
        )
