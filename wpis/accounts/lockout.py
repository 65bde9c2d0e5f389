"""Which account and which network a failed sign-in is counted for (django-axes)."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from wpis.rate_limits.callers import client_address, network

LONGEST = 255
"""Characters that the library's column holds."""


def account_tried(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """The surface, and the e-mail address that somebody tried to sign in with, in one spelling.

    allauth calls it `email`, the form `login`; axes by itself looks for one name in both, finds none and then
    counts all accounts behind a network address as one. The surface in front keeps one address tried at two
    doors apart, and lets row security show each surface its own attempts only (`wpis.grants`).
    """
    tried = (credentials or {}).get("email") or request.POST.get("login", "")
    return f"{settings.WPIS_SURFACE}:{str(tried).strip().lower()}"[:LONGEST]


def address_tried(request: HttpRequest) -> str | None:
    """The network address that tries are counted for: of IPv6 the network, since one visitor has all of it."""
    address = client_address(request)
    return network(address).partition("/")[0] if address else None
