"""How long a reason from outside the team holds, and how long a colleague's case stays one."""

from datetime import datetime, timedelta

from django.utils import timezone

from referral.cases.clocks.values import clock_value


def outside_access_ends(at: datetime) -> datetime:
    """When somebody who gives a reason at that moment can no longer read."""
    return at + timedelta(hours=clock_value("outside_access_hours", timezone.localdate(at)))


def lately(at: datetime) -> datetime:
    """A case that came from a colleague after this moment is still a colleague's."""
    return at - timedelta(days=clock_value("taken_over_days", timezone.localdate(at)))
