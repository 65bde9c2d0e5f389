"""What the workers of each surface run by the clock: a sign of life, closing of accounts, deletion after its time."""

from typing import Any

from celery import shared_task

from wpis import clock
from wpis.processes import signs_of_life
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


@shared_task(name="work.alive", bind=True)
def alive(self: Any) -> None:
    """Say that the workers of the queue work from which this was taken."""
    signs_of_life.show(self.request.delivery_info["routing_key"], at=clock.now())


@shared_task(name="work.beat")
def beat_is_alive() -> None:
    """Say that beat works, which alone sends this."""
    signs_of_life.show("beat", at=clock.now())
