"""Suggestions for the occupation while it is typed; the list itself is in no page."""

from django.http import JsonResponse
from django.views.decorators.http import require_safe

from permits import powers
from wpis.accounts.powers import requires
from wpis.accounts.requests import SignedInRequest
from wpis.search.occupations import suggestions


@requires(powers.FILE)
@require_safe
def suggested(request: SignedInRequest) -> JsonResponse:
    """What may be meant by the text, as lines that the field reads back."""
    return JsonResponse({"found": suggestions(request.GET.get("q", ""))})
