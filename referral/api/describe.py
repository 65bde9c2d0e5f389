"""What the OpenAPI file of the protection desk says to the programmers of agencies."""

from drf_spectacular.utils import OpenApiExample, extend_schema

from referral.api.serializers import Complete, Decline, Item, ItemSummary
from wpis.api.describe import KEY, PAGE, UNREADABLE, BearerScheme, errors, page_of
from wpis.api.schema import SurfaceSchema


class MemberScheme(BearerScheme):
    """The bearer token."""

    target_class = "referral.api.authentication.MemberAuthentication"
    whence = "A token from the page `Tokens for programs`."


class PartnerSchema(SurfaceSchema):
    """The protection desk's OpenAPI file."""

    surface = "protection"
    heading = "Items for partner agencies"
    text = (
        "Receive the items that were sent to your agency, accept or decline them, and say what came of them. "
        "A token shows what its maker may read on the pages and nothing else, and every reading of an item is "
        "logged under the maker's name. Use an item for its purpose only, and keep no copy after `access_until`."
    )


ABSENT = "There is no such item, or it was sent to another agency."
TAGS = ["items"]

list_items = extend_schema(
    operation_id="list_items",
    tags=TAGS,
    summary="List items",
    description="The items that can still be read, the nearest deadline first, without what was shared.",
    parameters=[PAGE],
    responses={200: page_of("ItemPage", ItemSummary)} | errors(404, absent="There is no such page."),
)
read_item = extend_schema(
    operation_id="read_item",
    tags=TAGS,
    summary="Read an item",
    description="What was shared. Every call is logged as a reading.",
    responses={200: Item} | errors(404, 409, 410, absent=ABSENT, conflict=UNREADABLE),
)
accept_item = extend_schema(
    operation_id="accept_item",
    tags=TAGS,
    summary="Accept an item",
    description="The caseworker is told. The answer holds nothing of what was shared.",
    parameters=[KEY],
    request=None,
    responses={200: ItemSummary} | errors(404, 409, 410, 413, 415, absent=ABSENT),
)
decline_item = extend_schema(
    operation_id="decline_item",
    tags=TAGS,
    summary="Decline an item",
    parameters=[KEY],
    request=Decline,
    examples=[OpenApiExample("Full", value={"reason": "No place is free this month."}, request_only=True)],
    responses={200: ItemSummary} | errors(404, 409, 410, 413, 415, absent=ABSENT),
)
complete_item = extend_schema(
    operation_id="complete_item",
    tags=TAGS,
    summary="Say what came of an accepted item",
    parameters=[KEY],
    request=Complete,
    examples=[
        OpenApiExample(
            "Support", value={"outcome": "support_given", "note": "A room was found."}, request_only=True
        )
    ],
    responses={200: ItemSummary} | errors(404, 409, 410, 413, 415, 422, absent=ABSENT),
)
