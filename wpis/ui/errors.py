"""Error pages. "Not found" is one page, whether an object does not exist or belongs to somebody else.

An urlconf takes them over with `from wpis.ui.errors import handler400, handler403, handler404, handler500`.
"""

import secrets
from typing import Any

import structlog
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string

from wpis.accounts.browser.expired_form import SECRETS, from_our_page, reoffer_form
from wpis.errors import UnreadableRecord
from wpis.ui.json_errors import absent_data

PROGRAMS = "/api/"
"""Where the interfaces for programs stand, on each surface that has one."""
AS_THE_INTERFACE = {"ensure_ascii": False, "separators": (",", ":")}
"""The REST framework's way of writing JSON: byte for byte the same."""


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The same bytes for what does not exist and for what this person may not see (promise: one 404).

    A program gets the shape of all its errors, also at an address that does not exist.
    """
    if request.path.startswith(PROGRAMS):
        return JsonResponse(absent_data(), status=404, json_dumps_params=AS_THE_INTERFACE)
    return _page("errors/404.html", 404, request)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A request that no page of ours sends."""
    return _page("errors/400.html", 400, request)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was open for too long, or was not ours (`CSRF_FAILURE_VIEW`). Ours is handed back whole."""
    if from_our_page(request) and not request.path.startswith(SECRETS):
        return reoffer_form(request)
    return _page("errors/stale.html", 403, request)


def too_many_tries(request: HttpRequest, *_: Any) -> HttpResponse:
    """The lock-out page of sign-in (`AXES_LOCKOUT_CALLABLE`): shown for the right password, too."""
    return _page("errors/429.html", 429, request)


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """A page, a letter or a code of sign-in was asked for too often (`handler429` of allauth)."""
    return _page("errors/too_often.html", 429, request)


def unreadable(request: HttpRequest, exception: UnreadableRecord) -> HttpResponse:
    """A record that cannot be read: what to do, and the reference under which the log knows it."""
    known = structlog.contextvars.get_contextvars().get("request_id")
    reference = exception.reference or str(known or secrets.token_hex(4))
    structlog.get_logger(__name__).error(
        "record_unreadable", reference=reference, error=type(exception).__name__
    )
    return _page("errors/unreadable.html", 409, request, reference=reference)


def server_error(request: HttpRequest) -> HttpResponse:
    """Something broke; the page gives the reference under which the log knows it."""
    known = structlog.contextvars.get_contextvars().get("request_id")
    reference = str(known or secrets.token_hex(4))
    structlog.get_logger(__name__).error("page_failed", reference=reference)
    return _page("errors/500.html", 500, None, reference=reference)


def _page(template: str, status: int, request: HttpRequest | None, **context: str) -> HttpResponse:
    return HttpResponse(render_to_string(template, context, request), status=status)


handler400 = bad_request
handler403 = not_found
handler404 = not_found
handler500 = server_error
