"""What the `open` workers would have done on a day: look into the uploads, send the letters."""

from collections.abc import Collection
from datetime import datetime, time, timedelta
from uuid import UUID

from permits import letters
from permits.checks import actions
from permits.development.simulation.papers import parsed_once
from wpis.development.simulation.country import YEREVAN
from wpis.development.simulation.stages import Today
from wpis.models import BackgroundJob


def check_uploads(uploads: Collection[UUID]) -> None:
    """Run the check of these uploads by the handler of the workers, each at its own moment."""
    if not uploads:
        return
    waiting = BackgroundJob.objects.filter(kind=actions.DOCUMENT, key__in=uploads, done_at=None)
    with parsed_once():
        for job in waiting.order_by("created_at", "id"):
            actions.check_document(job, job.created_at)
            job.done(job.created_at)


def settle(today: Today) -> None:
    """Mark this day's letters as done **without sending them**, unless the day is one of the last two.

    Nobody wants hundreds of letters about a past that never was. The letters of the last two days stay in the
    outbox and are sent by the workers like any other.
    """
    if not today.is_recent:
        midnight = datetime.combine(today.on, time(), tzinfo=YEREVAN)
        unsent = BackgroundJob.objects.filter(kind=letters.KIND, done_at=None)
        unsent.filter(created_at__gte=midnight, created_at__lt=midnight + timedelta(days=1)).update(
            done_at=today.moment(23, 59)
        )
