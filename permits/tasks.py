"""What the `open` workers run: errands that the open side of the service left behind."""

from celery import shared_task
from django.utils import timezone

from permits import letters
from permits.checks import actions
from wpis import outbox
from wpis.models import Errand


@shared_task(name="work.open")
def work_open() -> None:
    """Do every errand that is due."""
    outbox.run(
        Errand, {actions.DOCUMENT: actions.check_document}, {letters.KIND: letters.prepare}, at=timezone.now()
    )
