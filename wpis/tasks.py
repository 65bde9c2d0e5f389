"""What the workers of each surface run once an hour: what has ended is closed, what is past its time is deleted."""

from celery import shared_task

from wpis import clock
from wpis.retention.actions import delete_expired
from wpis.staff.actions import close_ended


@shared_task(name="work.accounts")
def close_accounts() -> None:
    """Close the accounts of this surface whose last day is over."""
    close_ended(at=clock.now())


@shared_task(name="work.retention")
def retention() -> None:
    """Delete what is past its time, by the machine's clock: a moved one must not make anything old."""
    delete_expired(at=clock.real_now())
