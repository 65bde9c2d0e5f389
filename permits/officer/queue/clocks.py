"""The working days left until the legal deadline of one file."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from permits.models import Application
from permits.states import OPEN
from wpis.law.calendar import working_days_between


@dataclass(frozen=True, slots=True)
class Clock:
    """Working days: `left` of `total`, negative when late; paused, as they stood on the day it stopped."""

    left: int
    total: int
    paused_since: date | None


def clock_of(application: Application, today: date) -> Clock | None:
    """The file's clock on that day; None when no decision is awaited."""
    if application.state not in OPEN or application.due_on is None or application.submitted_at is None:
        return None
    received = timezone.localdate(application.submitted_at)
    return Clock(
        left=working_days_between(application.paused_on or today, application.due_on),
        total=max(working_days_between(received, application.due_on), 1),
        paused_since=application.paused_on,
    )
