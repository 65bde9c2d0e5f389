"""Idempotent requests: the response is stored under the Idempotency-Key, in the transaction of the request."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import OperationalError, transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from wpis import clock
from wpis.api.errors import Conflict
from wpis.api.models import Token
from wpis.database.locks import is_lock_trouble, lock_timeout

HEADER = "Idempotency-Key"
LONGEST = 64
PATIENCE_MS = 1000
"""How long a request waits for an earlier one of its token."""
Handler = Callable[..., Response]


def once(handler: Handler) -> Handler:
    """Make a POST handler answer a repeated request with the kept answer; `view.answers` is the table.

    Each request that changes something locks its token until it commits, so a repeated one waits for the first and is
    given its answer; when that takes long, it is told to try again (409). A request that failed leaves nothing
    behind and can be repeated. The same key with another body is refused (409).
    """

    @wraps(handler)
    def answered_once(view: Any, request: Request, *args: Any, **kwargs: Any) -> Response:
        token, key, digest = request.auth, _key(request), _digest(request)
        assert isinstance(token, Token)
        with transaction.atomic(savepoint=False):  # nothing is caught in here: an error undoes the request
            _lock(token)
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


def _lock(token: Token) -> None:
    """Lock the row of the token: no other surface may lock it, as it might an advisory lock.

    One statement where nobody holds it; only who must wait also says for how long.
    """
    row = type(token)._default_manager.filter(pk=token.pk).values_list("pk")
    if row.select_for_update(no_key=True, skip_locked=True):
        return
    try:
        with lock_timeout(PATIENCE_MS):
            row.select_for_update(no_key=True).get()
    except OperationalError as error:
        if not is_lock_trouble(error):
            raise
        raise Conflict(_("The same request is being worked on. Try again in a second.")) from None
