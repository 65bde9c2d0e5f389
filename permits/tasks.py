"""What the `open` workers run: the background jobs of the open side of the service."""

from celery import shared_task

from permits import letters
from permits.checks import actions
from wpis import clock, outbox
from wpis.documents.queues import CHECKED, CheckedFile
from wpis.models import BackgroundJob


@shared_task(name="work.open")
def work_open() -> None:
    """Settle what waited for checked files, then send the letters that are due."""
    outbox.run(CheckedFile, {CHECKED: actions.follow_outcome}, at=clock.now())
    outbox.run(
        BackgroundJob,
        {actions.DOCUMENT: actions.pass_on},
        {letters.KIND: letters.prepare},
        at=clock.now(),
    )
