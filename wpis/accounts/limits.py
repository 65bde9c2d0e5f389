"""How long a session may live, and how long it may set up a first second factor after it has shown a code."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase

STARTED = "started_at"
ENROLS_UNTIL = "enrols_until"


def begin(session: SessionBase, now: datetime) -> None:
    """Note when a session was first used by somebody who is signed in; later calls change nothing."""
    session.setdefault(STARTED, now.timestamp())


def seconds_left(session: SessionBase, now: datetime) -> int:
    """Seconds until this session ends without a further request; negative once a limit has passed."""
    whole = timedelta(hours=settings.WPIS_SESSION_HOURS).total_seconds()
    left = whole - (now.timestamp() - session[STARTED])
    return min(session.get_expiry_age(), int(left))


def may_enrol(session: SessionBase, now: datetime) -> bool:
    """Whether this session, and no other, has shown an enrolment code not long ago (`wpis.second_factor`)."""
    return bool(session.get(ENROLS_UNTIL, 0) > now.timestamp())
