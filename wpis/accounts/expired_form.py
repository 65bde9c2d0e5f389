"""What was sent after the session had ended goes back to the one who typed it, to be sent once more.

Nothing of it is kept on this side: it stays in the page, which session.js throws away when somebody else signs in.
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

SECRETS = "/accounts/"  # below it are passwords and codes, which are typed anew


def from_our_page(request: HttpRequest) -> bool:
    """Whether a browser vouches that a page of this host sent it: only then may the answer show what it says.

    A trusted origin with another host is not enough: it may be another surface, whose pages put no words in the
    mouth of those who work here.
    """
    origin, host = request.headers.get("Origin", ""), request.get_host()
    trusted = origin in settings.CSRF_TRUSTED_ORIGINS and urlsplit(origin).netloc == host
    return trusted or origin == f"{request.scheme}://{host}"


def give_back(request: HttpRequest) -> HttpResponse:
    """The page that holds what was sent: sign in in a new tab, come back, send it again. Files are chosen anew."""
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name != "csrfmiddlewaretoken"
    ]
    context = {"typed": typed, "files": bool(request.FILES), "address": request.get_full_path()}
    return render(request, "errors/unsent.html", context, status=403)
