"""The exception handler of the interfaces: every error is {"code", "message", "fields"}."""

import math
from typing import Any

import structlog
from django.core.exceptions import PermissionDenied
from django.core.signals import got_request_exception
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from wpis.errors import Refused, TooMany, UnreadableRecord
from wpis.ui.json_errors import absent_data, problem_data


class Conflict(exceptions.APIException):
    """The request conflicts with the stored state."""

    status_code = 409
    default_code = "conflict"


class TooLarge(exceptions.APIException):
    """The body is longer than this address takes."""

    status_code = 413
    default_code = "too_large"


class Outdated(exceptions.APIException):
    """The request names a version (`If-Match`) that is not the present one."""

    status_code = 412
    default_code = "outdated"
    default_detail = gettext_lazy(
        "This was changed meanwhile. Read it again, then send what you want to change."
    )


class Unconditional(exceptions.APIException):
    """What is done by the request cannot be undone, so it has to name the version that was read."""

    status_code = 428
    default_code = "unconditional"
    default_detail = gettext_lazy(
        "Name what you have read: send its ETag as If-Match, or * for whatever is there now."
    )


class Incomplete(exceptions.APIException):
    """What is missing before the step can be taken; `detail` is path -> texts."""

    status_code = 422
    default_code = "incomplete"


def handle(error: Exception, context: dict[str, Any]) -> Response:
    """The answer for an error (REST_FRAMEWORK["EXCEPTION_HANDLER"]); what was written is rolled back.

    The transaction of the request is undone here, one that the view opened (`own_transaction`) was when it ended.
    Absent and "not yours" give the same bytes. An error of ours is logged and says nothing about itself.
    """
    if not getattr(context["view"], "own_transaction", False):
        set_rollback()
    if isinstance(error, Http404 | PermissionDenied | exceptions.NotFound | exceptions.PermissionDenied):
        return Response(absent_data(), status=404)
    if isinstance(error, Refused):
        return _refused(error)
    if isinstance(error, exceptions.ValidationError):
        return problem(400, "invalid", _("Some fields cannot be read."), _flat(error.detail))
    if isinstance(error, Incomplete):
        return problem(422, "incomplete", _("Some answers are missing."), _flat(error.detail))
    if isinstance(error, exceptions.APIException):
        scheme = getattr(error, "auth_header", "")
        headers = {"WWW-Authenticate": scheme} if scheme else {}
        if wait := getattr(error, "wait", None):
            headers["Retry-After"] = str(int(wait) + 1)
        return problem(error.status_code, str(error.default_code), str(error.detail), headers=headers)
    if isinstance(error, UnreadableRecord):
        structlog.get_logger(__name__).error(
            "record_unreadable", reference=error.reference, error=type(error).__name__
        )
        return problem(409, "unreadable", _("This record cannot be read. Report it to the administrator."))
    got_request_exception.send(sender=None, request=context["request"]._request)
    structlog.get_logger(__name__).exception("interface_failed", error=type(error).__name__)
    return problem(500, "server_error", _("Something went wrong. Nothing was changed. Try again later."))


def _refused(refused: Refused) -> Response:
    reasons = [str(reason) for reason in refused.reasons]
    if isinstance(refused, TooMany):
        fields = {refused.field: reasons} if refused.field else None
        wait = {"Retry-After": str(math.ceil(refused.retry_after.total_seconds()))}
        return problem(429, "too_many", " ".join(reasons), fields, headers=wait)
    if refused.field:
        return problem(422, "refused", " ".join(reasons), {refused.field: reasons})
    return problem(409, "conflict", " ".join(reasons))


def problem(
    status: int,
    code: str,
    message: str,
    fields: dict[str, list[str]] | None = None,
    headers: dict[str, str] | None = None,
) -> Response:
    """An answer that says what is wrong, for callers whose transaction shall stand all the same."""
    return Response(problem_data(code, message, fields), status=status, headers=headers)


def _flat(detail: Any, path: str = "") -> dict[str, list[str]]:
    """Nested details as {"worker.birth_date": [texts]}; what belongs to no field stands under ""."""
    if isinstance(detail, dict):
        found: dict[str, list[str]] = {}
        for name, inner in detail.items():
            step = "" if name == "non_field_errors" else str(name)
            found |= _flat(inner, ".".join(part for part in (path, step) if part))
        return found
    if isinstance(detail, list):
        if all(isinstance(item, str) for item in detail):
            return {path: [str(item) for item in detail]}
        return _flat({str(number): item for number, item in enumerate(detail) if item}, path)
    return {path: [str(detail)]}
