"""The one clock: what views, tasks, commands and transitions call now; everything else is given its moment.

In production it is the clock of the machine. A development process (WPIS_DEMO=1) adds the offset in the table
`wpis_clockoffset`, which only the owner of the database can write (`manage.py clock`), so that a journey or an
exercise can go on three days later. A process without WPIS_DEMO never reads that table while it runs, so a row that
appears there changes nothing, and it does not start where there is one (`wpis.surfaces.refuse_open_wall`).
"""

import time
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import connection
from django.utils import timezone

REFRESH_SECONDS = 1.0
"""How long a development process may go on with the offset that it read last."""

_EXISTS = "SELECT to_regclass('wpis_clockoffset') IS NOT NULL"
_READ = "SELECT moved_by FROM wpis_clockoffset"

_last: tuple[float, timedelta] | None = None  # when the offset was read (monotonic), and the offset


def now() -> datetime:
    """The present moment."""
    return real_now() + _offset() if settings.WPIS_DEMO else real_now()


def today() -> date:
    """The present day in Armenia."""
    return timezone.localdate(now(), timezone.get_default_timezone())


def real_now() -> datetime:
    """The moment by the machine's clock, which nothing moves: for sessions, one-time codes and rate limits."""
    return timezone.now()


def read_offset() -> timedelta:
    """How far the clock of this database has been moved; zero where nobody moved it, or before the first migration."""
    with connection.cursor() as cursor:
        cursor.execute(_EXISTS)
        if cursor.fetchone() == (False,):
            return timedelta()
        cursor.execute(_READ)
        row = cursor.fetchone()
    return row[0] if row else timedelta()


def is_moved() -> bool:
    """Whether there is an offset at all, be it zero: production must have none."""
    with connection.cursor() as cursor:
        cursor.execute(_READ)
        return cursor.fetchone() is not None


def forget() -> None:
    """Read the offset again at the next question: for the process that has just changed it."""
    global _last
    _last = None


def _offset() -> timedelta:
    global _last
    known, at = _last, time.monotonic()
    if known is None or at - known[0] >= REFRESH_SECONDS:
        known = _last = (at, read_offset())
    return known[1]
