"""The only rate limiter: a maximum number of requests per caller in a sliding window, counted exactly.

The count is one statement of PostgreSQL on one row, so it holds across all threads, processes and machines of a
surface, and the web needs neither the broker nor a cache (docs/adr/0023-one-rate-limiter.md). When PostgreSQL
cannot count, the error passes through and nothing is answered.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils.crypto import salted_hmac

_COUNT = """
INSERT INTO accounts_recentrequests AS known (asker, surface, moments, forget_at)
VALUES (%(caller)s, %(surface)s, ARRAY[%(at)s::timestamptz], %(at)s::timestamptz + %(within)s)
ON CONFLICT (asker) DO UPDATE SET
  moments = ARRAY(SELECT m FROM unnest(known.moments) m WHERE m > %(at)s - %(within)s) || EXCLUDED.moments,
  forget_at = EXCLUDED.forget_at
WHERE (SELECT count(*) FROM unnest(known.moments) m WHERE m > %(at)s - %(within)s) < %(requests)s
RETURNING cardinality(moments)"""

_WAIT = """
SELECT m + %(within)s - %(at)s FROM accounts_recentrequests, unnest(moments) m
WHERE asker = %(caller)s AND m > %(at)s - %(within)s ORDER BY m DESC OFFSET %(requests)s - 1 LIMIT 1"""

_UNDO = """
UPDATE accounts_recentrequests SET moments =
  moments[:array_position(moments, %(at)s) - 1] || moments[array_position(moments, %(at)s) + 1:]
WHERE asker = %(caller)s AND %(at)s = ANY (moments)"""

_CLEAR = "DELETE FROM accounts_recentrequests WHERE asker = %(caller)s"

_DELETE_EXPIRED = """
DELETE FROM accounts_recentrequests WHERE asker IN (
  SELECT asker FROM accounts_recentrequests WHERE forget_at <= %(at)s LIMIT 100 FOR UPDATE SKIP LOCKED)"""


@dataclass(frozen=True, slots=True)
class RateLimit:
    """At most `requests` of one caller in any stretch of time as long as `within`; `name` keeps counts apart."""

    name: str
    requests: int
    within: timedelta


def limit_of_guesses(name: str) -> RateLimit:
    """The limit that the settings give for guesses of this kind (`WPIS_GUESSES`)."""
    tries, minutes = settings.WPIS_GUESSES[name]
    return RateLimit(name, tries, timedelta(minutes=minutes))


def check_rate_limit(limit: RateLimit, caller: str, *, at: datetime) -> timedelta | None:
    """Count a request of `caller`; None when it may be answered, otherwise how long to wait.

    A refused request is not counted: retrying too early does not extend the wait.
    Call it outside a transaction where one is not needed: inside, other requests of this caller wait for its end,
    and a rollback takes the count back.
    """
    values = _values(limit, caller, at)
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, values)
        if counted := cursor.fetchone():
            if counted == (1,):
                cursor.execute(_DELETE_EXPIRED, values)
            return None
    return read_wait(limit, caller, at=at) or timedelta(seconds=1)  # room came since


def read_wait(limit: RateLimit, caller: str, *, at: datetime) -> timedelta | None:
    """How long `caller` would have to wait, at least a second, or None; nothing is counted."""
    with connection.cursor() as cursor:
        cursor.execute(_WAIT, _values(limit, caller, at))
        row = cursor.fetchone()
    return max(row[0], timedelta(seconds=1)) if row else None


def undo(limit: RateLimit, caller: str, *, at: datetime) -> None:
    """Take back one request that was counted at this very moment."""
    _execute(_UNDO, _values(limit, caller, at))


def clear(limit: RateLimit, caller: str) -> None:
    """Forget what was counted for `caller`."""
    _execute(_CLEAR, _values(limit, caller, None))


def _execute(statement: str, values: dict[str, Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def _values(limit: RateLimit, caller: str, at: datetime | None) -> dict[str, Any]:
    text = f"{settings.WPIS_SURFACE} {caller}"
    return {
        "caller": salted_hmac(f"wpis.rate_limits.{limit.name}", text, algorithm="sha256").hexdigest(),
        "surface": settings.WPIS_SURFACE,
        "at": at,
        "within": limit.within,
        "requests": limit.requests,
    }
