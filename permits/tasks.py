"""What the `open` workers run: errands that the open side of the service left behind."""

from celery import shared_task
from django.utils import timezone

from permits import notices
from wpis import outbox
from wpis.documents.actions import check_errand
from wpis.models import Errand


@shared_task(name="work.open")
def work_open() -> None:
    """Do every errand that is due."""
    outbox.run(Errand, {"document": check_errand}, {notices.KIND: notices.prepare}, at=timezone.now())
