"""The base view of the interfaces for programs: token authentication, a required power, limited request bodies."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ClassVar

from django.db import transaction
from rest_framework.permissions import BasePermission, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from wpis.accounts.powers import Power, View
from wpis.api.models import KeptAnswer
from wpis.api.parsing import ShortJSONParser
from wpis.api.strict import demand_known_parameters
from wpis.audit.reading import demand_recorded, recording


class HoldsPower(BasePermission):
    """Requires the same power as the pages, on each request."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Whether the token's maker still holds it."""
        power: Power = view.power
        return power.held_by(request.user)


class ProgramView(APIView):
    """Base: each interface adds how its programs sign in, the power they need, and where answers are kept.

    Signing in and the rate limit come before the transaction: a refused or failed request stays counted, and requests
    of one account do not wait for each other. Each handler then runs in a transaction, which an error undoes.
    """

    own_transaction = True
    permission_classes = [IsAuthenticated, HoldsPower]
    parser_classes = [ShortJSONParser]
    power: ClassVar[Power]
    reads: ClassVar[tuple[str, ...]] = ()
    """What an answer to GET leaves in the audit trail, one of these actions; without it there is no answer."""
    parameters: ClassVar[frozenset[str]] = frozenset()
    """What GET reads of the address after the question mark; nothing else may stand there."""
    answers: ClassVar[type[KeptAnswer]]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Who may ask at all is told first, what is wrong with the address then."""
        super().initial(request, *args, **kwargs)
        demand_known_parameters(request, self.parameters if request.method in ("GET", "HEAD") else ())

    def options(self, request: Request, *args: Any, **kwargs: Any) -> Response:  # type: ignore[override]  # as DRF's own
        """`Allow` says it all; the framework's own answer would describe our classes."""
        return Response(status=204)

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        for method in cls.http_method_names:
            if handler := cls.__dict__.get(method):
                recorded = _recorded(handler) if method == "get" else handler
                setattr(cls, method, transaction.atomic(recorded))


def _recorded(handler: Callable[..., Response]) -> Callable[..., Response]:
    @wraps(handler)
    def answer(view: ProgramView, *args: Any, **kwargs: Any) -> Response:
        with recording() as seen:
            response = handler(view, *args, **kwargs)
        if view.reads:
            demand_recorded(response.status_code, view.reads, seen)
        return response

    return answer


def guarded(view: Any) -> View:
    """The view as a function that carries its power, as `@requires` does; the view itself answers 401."""
    function: View = transaction.non_atomic_requests(view.as_view())
    function.power = view.power  # type: ignore[attr-defined]  # read by the truth table and the generated documentation
    function.reads = view.reads  # type: ignore[attr-defined]  # read by the wall, as that of pages
    return function
