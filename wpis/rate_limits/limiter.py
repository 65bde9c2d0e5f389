"""How often one network may ask for something that needs no account: an exact count over a sliding time.

The count is one statement of PostgreSQL, so it holds across all threads, processes and machines of a surface, and
the web needs neither the broker nor a cache (docs/adr/0011-permit-check-has-a-pace.md).
"""

import ipaddress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

IPV6_PREFIX = 64
"""One household or telephone has a whole network of this size: single addresses would count nothing."""

_COUNT = """
INSERT INTO accounts_recentrequests AS known (asker, moments, forget_at)
VALUES (%(asker)s, ARRAY[%(at)s::timestamptz], %(at)s::timestamptz + %(within)s)
ON CONFLICT (asker) DO UPDATE SET
  moments = ARRAY(SELECT m FROM unnest(known.moments) m WHERE m > %(at)s - %(within)s) || EXCLUDED.moments,
  forget_at = EXCLUDED.forget_at
WHERE (SELECT count(*) FROM unnest(known.moments) m WHERE m > %(at)s - %(within)s) < %(requests)s
RETURNING cardinality(moments)"""

_ROOM = """
SELECT m + %(within)s - %(at)s FROM accounts_recentrequests, unnest(moments) m
WHERE asker = %(asker)s ORDER BY m DESC OFFSET %(requests)s - 1 LIMIT 1"""

_FORGET = """
DELETE FROM accounts_recentrequests WHERE asker IN (
  SELECT asker FROM accounts_recentrequests WHERE forget_at <= %(at)s LIMIT 100 FOR UPDATE SKIP LOCKED)"""


@dataclass(frozen=True, slots=True)
class Pace:
    """At most `requests` from one network in any stretch of time as long as `within`; `what` names the thing."""

    what: str
    requests: int
    within: timedelta


def client_address(request: HttpRequest) -> str | None:
    """The visitor's network address: of the `X-Forwarded-For` only what our own `WPIS_PROXIES` wrote counts.

    None when it cannot be told; all those count as one.
    """
    try:
        address: str = get_adapter().get_client_ip(request)
    except PermissionDenied:
        return None
    return address


def network(address: str | None) -> str:
    """What counts as one asker: an IPv4 address, or the network of an IPv6 address."""
    ip = ipaddress.ip_address(address) if address else None
    if isinstance(ip, ipaddress.IPv6Address):
        return str(ip.ipv4_mapped or ipaddress.ip_network((ip, IPV6_PREFIX), strict=False))
    return str(ip)


def pause(pace: Pace, request: HttpRequest, *, at: datetime) -> timedelta | None:
    """Count this request; None when it may be answered, otherwise how long to wait.

    A refused request is not counted: who tries again too soon does not wait longer, nor do his neighbours.
    """
    asker = salted_hmac(
        f"wpis.rate_limits.limiter.{pace.what}", network(client_address(request)), algorithm="sha256"
    )
    values: dict[str, Any] = {
        "asker": asker.hexdigest(),
        "at": at,
        "within": pace.within,
        "requests": pace.requests,
    }
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, values)
        if counted := cursor.fetchone():
            if counted == (1,):
                cursor.execute(_FORGET, values)
            return None
        cursor.execute(_ROOM, values)
        room = cursor.fetchone()
    return max(room[0], timedelta(seconds=1)) if room else timedelta(seconds=1)
