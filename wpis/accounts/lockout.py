"""Which account and which network a failed sign-in is counted for (django-axes)."""

from typing import Any

from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.http import HttpRequest

from wpis.rate_limits import guesses
from wpis.rate_limits.callers import client_address, network
from wpis.rate_limits.devices import known_device

LONGEST = 255
"""Characters that the library's column holds."""


def account_tried(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """The surface, and the e-mail address that somebody tried to sign in with, in one spelling.

    allauth calls it `email`, the form `login`; axes by itself looks for one name in both, finds none and then
    counts all accounts behind a network address as one. The surface in front keeps one address tried at two
    doors apart, and lets row security show each surface its own attempts only (`wpis.grants`).
    """
    return f"{settings.WPIS_SURFACE}:{_typed(request, credentials)}"[:LONGEST]


def on_known_device(request: HttpRequest, credentials: dict[str, Any] | None = None) -> bool:
    """Whether the account has signed in on this device before: its tries are counted by `wpis.rate_limits.guesses`.

    Otherwise somebody behind the same network address could lock the owner out.
    """
    return known_device(request, _typed(request, credentials)) is not None


def address_tried(request: HttpRequest) -> str | None:
    """The network address that tries are counted for: of IPv6 the network, since one visitor has all of it."""
    address = client_address(request)
    return network(address).partition("/")[0] if address else None


def forget_tries(request: HttpRequest, account: str) -> None:
    """Forget what this network, and this device, tried for an account: its owner has just set a new password."""
    guesses.forget_guesses(request, account)
    username = account_tried(request, {"email": account})
    AxesProxyHandler.reset_attempts(username=username, ip_address=address_tried(request))


def _typed(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    tried = (credentials or {}).get("email") or request.POST.get("login", "")
    return str(tried).strip().lower()
