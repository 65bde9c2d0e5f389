"""Idempotent requests: the response is stored under the Idempotency-Key, in the transaction of the request."""

import hashlib
import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import connection, transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from wpis import clock
from wpis.api.errors import Conflict
from wpis.api.models import Token

HEADER = "Idempotency-Key"
LONGEST = 64
Handler = Callable[..., Response]


def once(handler: Handler) -> Handler:
    """Make a POST handler answer a repeated request with the kept answer; `view.answers` is the table.

    The first request holds a lock for its key until it commits, so a second one at the same moment is told to
    try again (409), and a request that failed leaves nothing behind and can be repeated. The same key with
    another body is refused (409).
    """

    @wraps(handler)
    def answered_once(view: Any, request: Request, *args: Any, **kwargs: Any) -> Response:
        token, key, digest = request.auth, _key(request), _digest(request)
        assert isinstance(token, Token)
        with transaction.atomic(savepoint=False):  # nothing is caught in here: an error undoes the request
            _lock(token, key)
            earlier = view.answers.objects.filter(token=token, key=key).first()
            if earlier is not None:
                if earlier.digest != digest:
                    raise Conflict(_("This Idempotency-Key was used for another request."))
                return Response(earlier.answer, status=earlier.status)
            response = handler(view, request, *args, **kwargs)
            view.answers.objects.create(
                token=token,
                key=key,
                digest=digest,
                status=response.status_code,
                answer=response.data,
                created_at=clock.now(),
            )
            return response

    return answered_once


def _key(request: Request) -> str:
    key: str = request.headers.get(HEADER, "").strip()
    if not 0 < len(key) <= LONGEST:
        raise ValidationError({HEADER: [_("Send a key of your own, 1 to 64 characters, with every POST.")]})
    return key


def _digest(request: Request) -> str:
    """A keyed digest, so that a copy of the table does not allow guessing short requests."""
    body = json.dumps(request.data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    text = f"{request.method} {request.path}\n{body}".encode("utf-8", "surrogatepass")
    return salted_hmac("wpis.api.idempotency", text, algorithm="sha256").hexdigest()


def _lock(token: Token, key: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [lock_number(token, key)])
        if not cursor.fetchone()[0]:
            raise Conflict(_("The same request is being worked on. Try again in a second."))


def lock_number(token: Token, key: str) -> int:
    """The advisory lock of a token's key: 8 bytes of a digest, so that collisions are improbable."""
    return int.from_bytes(hashlib.sha256(f"{token.pk} {key}".encode()).digest()[:8], signed=True)
