"""Devices from which somebody has signed in before: their tries are counted apart from those of strangers.

A signed cookie names the device and the accounts that signed in on it. It opens nothing: whoever steals it wins a
count of their own, no more. So an attacker can use up the tries of all strangers, never those of the owner.
"""

import secrets
from datetime import timedelta
from typing import Any, Literal, TypedDict, cast

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase
from django.utils.crypto import salted_hmac

SameSite = Literal["Lax", "Strict"]
SALT = "wpis.rate_limits.devices"
KEPT = timedelta(days=365)
ACCOUNTS = 8
"""How many accounts of one browser are remembered; an office computer may serve several people."""


class _Device(TypedDict):
    id: str
    accounts: list[str]


def known_device(request: HttpRequest, account: str) -> str | None:
    """The id of the device that this request comes from, if `account` (an address or a key) signed in on it before."""
    device = _read(request)
    return device["id"] if device and _digest(account) in device["accounts"] else None


def remember_device(request: HttpRequest, response: HttpResponseBase, *accounts: str) -> None:
    """Let the browser keep that these names of one account have signed in on it."""
    device = _read(request) or {"id": secrets.token_urlsafe(16), "accounts": []}
    new = [_digest(account) for account in accounts]
    older = [digest for digest in device["accounts"] if digest not in new]
    device["accounts"] = [*new, *older][: ACCOUNTS * len(new)]
    response.set_cookie(
        settings.WPIS_DEVICE_COOKIE_NAME,
        signing.dumps(device, salt=_salt(), compress=True),
        max_age=KEPT,
        secure=bool(settings.SESSION_COOKIE_SECURE),
        httponly=True,
        samesite=cast(SameSite, settings.SESSION_COOKIE_SAMESITE),
    )


def _read(request: HttpRequest) -> _Device | None:
    try:
        device: Any = signing.loads(
            request.COOKIES.get(settings.WPIS_DEVICE_COOKIE_NAME, ""), salt=_salt(), max_age=KEPT
        )
    except signing.BadSignature:
        return None
    return _Device(id=device["id"], accounts=device["accounts"])


def _salt() -> str:
    return f"{SALT}.{settings.WPIS_SURFACE}"  # a cookie of one surface says nothing on another


def _digest(account: str) -> str:
    return salted_hmac(SALT, account.strip().lower(), algorithm="sha256").hexdigest()[:16]
