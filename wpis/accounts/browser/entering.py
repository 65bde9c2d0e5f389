"""Links from elsewhere to the staff surfaces: one page between, since their cookies do not come along with such a link.

The session cookie is SameSite=Strict there: a browser does not send it when another site, say webmail, leads here.
Without this page whoever follows a link in a letter would be asked to sign in although they are signed in, and a link
for a new password would not work. The page asks the same address once more, now as one of our own.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class EntryMiddleware:
    """Answers what a browser asks for because another site led here, before anything is looked up."""

    surfaces = ("office", "protection")

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The page between, or the answer."""
        if (
            settings.WPIS_SURFACE in self.surfaces
            and request.method == "GET"
            and request.headers.get("Sec-Fetch-Site") == "cross-site"
            and request.headers.get("Sec-Fetch-Mode") == "navigate"
            and settings.SESSION_COOKIE_NAME not in request.COOKIES
        ):
            return render(request, "errors/from_elsewhere.html", {"address": request.get_full_path()})
        return self.get_response(request)
