"""Simulates a day of the `open` workers: inspects uploads and completes letters."""

from collections.abc import Collection
from datetime import datetime, time, timedelta
from uuid import UUID

from django.db import transaction

from permits import letters
from permits.checks import actions
from permits.companies import letters as company_letters
from wpis.audit import trail
from wpis.development.simulation.country import YEREVAN
from wpis.development.simulation.playing.days import Today
from wpis.documents.models import State as UploadState
from wpis.documents.models import Upload, UploadContent
from wpis.models import BackgroundJob


def check_uploads(uploads: Collection[UUID]) -> None:
    """Have these uploads checked, each at its own moment.

    The first copy of each specimen goes through the real check, which parses it in a process of its own: half a
    second of processor time or more. All others are given the same answer, since their bytes are the same.
    """
    if not uploads:
        return
    waiting = BackgroundJob.objects.filter(kind=actions.DOCUMENT, key__in=uploads, done_at=None)
    for job in waiting.order_by("created_at", "id"):
        if not _checked_like_an_earlier_copy(job):
            actions.check_document(job, job.created_at)
        job.done(job.created_at)


ANSWERED = ("state", "reason", "pages", "size", "sha256", "scanned_by")
"""What the check writes into an upload, beside its moment."""


@transaction.atomic
def _checked_like_an_earlier_copy(job: BackgroundJob) -> bool:
    """Write what the check wrote for the same bytes; False when they have not been seen before."""
    upload = Upload.objects.select_for_update().get(pk=job.key)
    copies = Upload.objects.filter(received_sha256=upload.received_sha256, name=upload.name)
    earlier = copies.exclude(state=UploadState.QUARANTINED).first()
    if earlier is None:
        return False
    for name in ANSWERED:
        setattr(upload, name, getattr(earlier, name))
    upload.checked_at = job.created_at
    upload.save()
    if upload.sha256 != upload.received_sha256:  # kept re-encoded
        stored = UploadContent.objects.get(pk=upload.pk)
        stored.content = UploadContent.objects.get(pk=earlier.pk).content
        stored.save()
    trail.record("documents.upload.check", by=None, subject=upload, state=upload.state, reason=upload.reason)
    actions.settle_documents(upload.owner, at=job.created_at)
    return True


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
