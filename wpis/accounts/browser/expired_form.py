"""Re-offers a form that was posted after the session expired, so that nothing has to be typed again.

The server stores none of it: the values are hidden fields of the page, which session.js discards when another
account signs in.
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

SECRETS = "/accounts/"  # passwords and codes are posted below this path; they are never re-offered


def from_our_page(request: HttpRequest) -> bool:
    """Whether the Origin header names this host: only then may the response contain what was posted.

    A trusted origin with another host is not enough: it may be another surface, which must not be able to put
    text on a page of this one.
    """
    origin, host = request.headers.get("Origin", ""), request.get_host()
    trusted = origin in settings.CSRF_TRUSTED_ORIGINS and urlsplit(origin).netloc == host
    return trusted or origin == f"{request.scheme}://{host}"


def reoffer_form(request: HttpRequest) -> HttpResponse:
    """Render the posted values as a form to submit again after signing in. Files must be chosen again."""
    context = {"typed": typed_in(request), "files": bool(request.FILES), "address": request.get_full_path()}
    return render(request, "errors/unsent.html", context, status=403)


def typed_in(request: HttpRequest) -> list[tuple[str, str]]:
    """What was posted, to be sent once more as hidden fields."""
    return [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name != "csrfmiddlewaretoken"
    ]
