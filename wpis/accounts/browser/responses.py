"""What the browser is told at the end of a sign-in or a sign-out: to remember the device, to forget the rest."""

from collections.abc import Callable
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from wpis.rate_limits.devices import SameSite, remember_device

GetResponse = Callable[[HttpRequest], HttpResponseBase]

FORGET = '"cache", "storage"'
"""Not "cookies": browsers take that to mean the whole registered domain, so it would end the sessions of every other
service below the same name, and the device that sign-in knows. Our own two cookies are deleted by name."""


def note_sign_in(request: HttpRequest, user: Any) -> None:
    """Somebody has completed sign-in in this request."""
    request._signed_in = user  # type: ignore[attr-defined]  # read below, by this request alone


def note_sign_out(request: HttpRequest | None, **_: Any) -> None:
    """The session of this request was ended, by the person or by a rule (receiver of `user_logged_out`)."""
    if request is not None:
        request._signed_out = True  # type: ignore[attr-defined]


class BrowserMiddleware:
    """Stands outside the middleware that ends sessions, inside the one that writes the session's cookie."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, then say it in headers."""
        response = self.get_response(request)
        user = getattr(request, "_signed_in", None)
        if user is not None:
            remember_device(request, response, user.email, str(user.pk))
        elif getattr(request, "_signed_out", False):
            response.headers["Clear-Site-Data"] = FORGET
            response.delete_cookie(
                settings.CSRF_COOKIE_NAME, samesite=cast(SameSite, settings.CSRF_COOKIE_SAMESITE)
            )
        return response
