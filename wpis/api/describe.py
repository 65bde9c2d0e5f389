"""Shared parts of the OpenAPI files: authentication, idempotency key, errors, pagination."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, inline_serializer
from rest_framework import serializers

from wpis.api.idempotency import HEADER, LONGEST
from wpis.api.strict import HIGHEST_PAGE


class Problem(serializers.Serializer[Any]):
    """Every error."""

    code = serializers.CharField()
    message = serializers.CharField()
    fields = serializers.DictField(  # type: ignore[assignment]  # the word of the interface; shadows nothing we call
        child=serializers.ListField(child=serializers.CharField())
    )


class BearerScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # drf-spectacular is untyped
    """The bearer token; each interface names its authentication class and says where tokens are made."""

    name = "token"
    whence: str

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)  # type: ignore[no-untyped-call]  # typed for those below

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """The security scheme in OpenAPI's format."""
        return {"type": "http", "scheme": "bearer", "description": self.whence}


KEY = OpenApiParameter(
    HEADER,
    str,
    OpenApiParameter.HEADER,
    required=True,
    description=f"A key of your own for this request, at most {LONGEST} characters. Sent again with the same "
    "body it gives the same answer and has no second effect; with another body it is refused.",
)

PAGE = OpenApiParameter(
    "page",
    {"type": "integer", "minimum": 1, "maximum": HIGHEST_PAGE},
    description="page, from 1; 25 rows each",
)

ERRORS = {
    400: "The request cannot be read; `fields` says what is wrong with which field or parameter.",
    401: "There is no token, or it is unknown or revoked.",
    404: "There is no such thing, or it is not yours.",
    406: "`Accept` allows no JSON, the only format of the answers.",
    409: "It does not fit the current state, the Idempotency-Key was used for another request, or what is stored "
    "cannot be read (`unreadable`).",
    410: "Your access has ended.",
    412: "The application was changed since the version that `If-Match` names.",
    413: "The body is too large.",
    415: "The body is not sent as JSON (`Content-Type: application/json`).",
    422: "Something is missing or refused; `fields` says what.",
    428: "The request names no version in `If-Match`.",
    429: "Too many requests; wait as long as Retry-After says.",
}

UNREADABLE = "What is stored cannot be read (`unreadable`); report it to the administrator."
"""the 409 of what is only read"""

EVERYWHERE = (400, 401, 406, 429)
"""What every request may be answered with."""


def errors(*statuses: int, absent: str = ERRORS[404], conflict: str = ERRORS[409]) -> dict[int, Any]:
    """These errors, and those of every request; `absent` and `conflict` say what a 404 and a 409 mean here."""
    said = ERRORS | {404: absent, 409: conflict}
    return {
        status: OpenApiResponse(Problem, description=said[status])
        for status in sorted({*statuses, *EVERYWHERE})
    }


def page_of(name: str, row: Any) -> Any:
    """A page of a list of `row`."""
    return inline_serializer(
        name,
        {
            "count": serializers.IntegerField(),
            "next": serializers.URLField(allow_null=True),
            "previous": serializers.URLField(allow_null=True),
            "results": row(many=True),
        },
    )
