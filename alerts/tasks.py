"""What the `restricted` workers run first: everything that waits to be screened."""

from time import monotonic

from celery import shared_task

from alerts.screening.batch import screen_waiting
from wpis import clock

BUDGET = 60
"""Seconds after which a tick stops by itself; the ringer rings again while something waits."""


@shared_task(name="work.restricted")
def work_restricted() -> None:
    """Screen batch after batch until nothing is due."""
    end = monotonic() + BUDGET
    while monotonic() < end and screen_waiting(clock.now()):
        pass
