"""What the OpenAPI file says of each operation: id, header, answers, errors, an example."""

from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema

from permits.api.serializers import (
    ApplicationInput,
    ApplicationStatus,
    ApplicationSummary,
    Declaration,
    DocumentInput,
    DocumentStatus,
    NewApplication,
)
from wpis.api.describe import KEY, PAGE, UNREADABLE, BearerScheme, errors, page_of
from wpis.api.schema import SurfaceSchema


class TokenScheme(BearerScheme):
    """The bearer token."""

    target_class = "permits.api.authentication.TokenAuthentication"
    whence = "A token from the page of your company."


class PortalSchema(SurfaceSchema):
    """The portal's OpenAPI file."""

    surface = "portal"
    heading = "Work permits of Armenia"
    text = "File applications for work permits and read where they stand."


ABSENT = "There is no such application, or it belongs to another employer."
PAGE_OF_APPLICATIONS = page_of("ApplicationPage", ApplicationSummary)

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
VERSION = OpenApiParameter(
    "If-Match",
    str,
    OpenApiParameter.HEADER,
    description="The `ETag` of the answer that you read. Nothing is saved when somebody has changed it since.",
)
PRESENT_VERSION = OpenApiParameter(
    "ETag",
    str,
    OpenApiParameter.HEADER,
    response=[200, 201],
    description="The version of what was entered, to be sent back in `If-Match`. "
    "A repeated POST is answered without it.",
)
TAGS = ["applications"]

list_applications = extend_schema(
    operation_id="list_applications",
    tags=TAGS,
    summary="List applications",
    parameters=[PAGE],
    responses={200: PAGE_OF_APPLICATIONS} | errors(404, absent=ABSENT),
)
create_application = extend_schema(
    operation_id="create_application",
    tags=TAGS,
    summary="Start an application",
    parameters=[KEY, PRESENT_VERSION],
    request=NewApplication,
    examples=[EXAMPLE],
    responses={201: ApplicationStatus} | errors(409, 413, 415),
)
read_application = extend_schema(
    operation_id="read_application",
    tags=TAGS,
    summary="Read where an application stands",
    parameters=[PRESENT_VERSION],
    responses={200: ApplicationStatus} | errors(404, 409, absent=ABSENT, conflict=UNREADABLE),
)
update_application = extend_schema(
    operation_id="update_application",
    tags=TAGS,
    summary="Change an application",
    parameters=[VERSION, PRESENT_VERSION],
    request=ApplicationInput,
    responses={200: ApplicationStatus} | errors(404, 409, 412, 413, 415, absent=ABSENT),
)
delete_application = extend_schema(
    operation_id="delete_application",
    tags=TAGS,
    summary="Delete a draft",
    description="At once. For a day it can be brought back on the pages. What was submitted is not deleted: it can be "
    "withdrawn there.",
    parameters=[
        OpenApiParameter(
            "If-Match",
            str,
            OpenApiParameter.HEADER,
            required=True,
            description="The `ETag` of the answer that you read, or `*` for whatever there is. Nothing is deleted when "
            "somebody has changed it since.",
        )
    ],
    responses={204: None} | errors(404, 409, 412, 428, absent=ABSENT),
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
    responses={201: DocumentStatus} | errors(404, 409, 413, 415, 422, absent=ABSENT),
)
submit_application = extend_schema(
    operation_id="submit_application",
    tags=TAGS,
    summary="Submit an application",
    parameters=[KEY],
    request=Declaration,
    examples=[OpenApiExample("The declaration", value={"declared": True}, request_only=True)],
    responses={200: ApplicationStatus} | errors(404, 409, 413, 415, 422, absent=ABSENT),
)
