"""What the OpenAPI file says of each operation: id, header, answers, errors, an example."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiParameter,
    OpenApiResponse,
    extend_schema,
    inline_serializer,
)
from rest_framework import serializers

from permits.api.idempotency import HEADER, LONGEST
from permits.api.serializers import (
    ApplicationInput,
    ApplicationStatus,
    ApplicationSummary,
    Declaration,
    DocumentInput,
    DocumentStatus,
    NewApplication,
    Problem,
)


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # drf-spectacular is untyped
    """The bearer token."""

    target_class = "permits.api.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """As OpenAPI says it."""
        return {"type": "http", "scheme": "bearer", "description": "A token from the page of your company."}


KEY = OpenApiParameter(
    HEADER,
    str,
    OpenApiParameter.HEADER,
    required=True,
    description=f"A key of your own for this request, at most {LONGEST} characters. Sent again with the same "
    "body it gives the same answer and has no second effect; with another body it is refused.",
)

ERRORS = {
    400: "The body cannot be read; `fields` says what is wrong with which field.",
    401: "There is no token, or it is unknown or revoked.",
    404: "There is no such application, or it belongs to another employer.",
    409: "It does not fit the current state, or the Idempotency-Key was used for another request.",
    413: "The body is too large.",
    422: "Something is missing or refused; `fields` says what.",
    429: "Too many requests; wait as long as Retry-After says.",
}


def _errors(*statuses: int) -> dict[int, Any]:
    return {status: OpenApiResponse(Problem, description=ERRORS[status]) for status in (*statuses, 401, 429)}


PAGE = inline_serializer(
    "ApplicationPage",
    {
        "count": serializers.IntegerField(),
        "next": serializers.URLField(allow_null=True),
        "previous": serializers.URLField(allow_null=True),
        "results": ApplicationSummary(many=True),
    },
)

EXAMPLE = OpenApiExample(
    "A draft",
    value={
        "language": "en",
        "worker": {
            "given_names": "RAJESH KUMAR",
            "surname": "SHARMA",
            "given_names_hy": "ՌԱՋԵՇ ԿՈՒՄԱՐ",
            "surname_hy": "ՇԱՐՄԱ",
            "birth_date": "1991-03-27",
            "sex": "M",
            "nationality": "IND",
            "passport_number": "N1234567",
            "passport_issuer": "IND",
            "passport_expires_on": "2031-08-15",
            "phone": "+919876543210",
            "contact_is_own": True,
            "languages": ["hi", "en"],
        },
        "terms": {"occupation": "7112", "job_title": "Bricklayer", "weekly_hours": 40, "gross_wage": 320000},
    },
    request_only=True,
)
TAGS = ["applications"]

list_applications = extend_schema(
    operation_id="list_applications",
    tags=TAGS,
    summary="List applications",
    parameters=[OpenApiParameter("page", int, description="page, from 1; 25 rows each")],
    responses={200: PAGE} | _errors(404),
)
create_application = extend_schema(
    operation_id="create_application",
    tags=TAGS,
    summary="Start an application",
    parameters=[KEY],
    request=NewApplication,
    examples=[EXAMPLE],
    responses={201: ApplicationStatus} | _errors(400, 409, 413),
)
read_application = extend_schema(
    operation_id="read_application",
    tags=TAGS,
    summary="Read where an application stands",
    responses={200: ApplicationStatus} | _errors(404),
)
update_application = extend_schema(
    operation_id="update_application",
    tags=TAGS,
    summary="Change an application",
    request=ApplicationInput,
    responses={200: ApplicationStatus} | _errors(400, 404, 409, 413),
)
add_document = extend_schema(
    operation_id="add_document",
    tags=TAGS,
    summary="Add a document",
    parameters=[KEY],
    request=DocumentInput,
    examples=[
        OpenApiExample(
            "A passport copy",
            value={"kind": "passport", "name": "passport.pdf", "content": "JVBERi0xLjcK..."},
            request_only=True,
        )
    ],
    responses={201: DocumentStatus} | _errors(400, 404, 409, 413, 422),
)
submit_application = extend_schema(
    operation_id="submit_application",
    tags=TAGS,
    summary="Submit an application",
    parameters=[KEY],
    request=Declaration,
    examples=[OpenApiExample("The declaration", value={"declared": True}, request_only=True)],
    responses={200: ApplicationStatus} | _errors(400, 404, 409, 413, 422),
)
