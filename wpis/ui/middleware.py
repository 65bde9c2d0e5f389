"""What every response shares: language, headers, compression, one "not found"."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

from wpis.errors import UnreadableRecord
from wpis.ui.errors import PROGRAMS, not_found, unreadable

Answer = Callable[[HttpRequest], HttpResponseBase]

UNUSED = (
    *("accelerometer", "browsing-topics", "camera", "display-capture", "geolocation", "gyroscope"),
    *("magnetometer", "microphone", "midi", "payment", "usb", "xr-spatial-tracking"),
)

HEADERS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Other sites learn nothing. Not "no-referrer": browsers then send "Origin: null" with our own forms,
    # and Django refuses every POST (tests/journeys/test_look.py posts a form to prove it).
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in UNUSED),
}

COMPRESSED = frozenset(
    {"text/html", "text/css", "text/javascript", "application/javascript", "image/svg+xml"}
)


def kind_of(response: HttpResponseBase) -> str:
    """The media type, without its parameters."""
    return response.headers.get("Content-Type", "").partition(";")[0].strip()


def asked_by_another_site(request: HttpRequest) -> bool:
    """Whether another site made the browser ask for what a signed-in person sees; the browser itself says so.

    `Lax` cookies go along with a link that another site opens, and sites of one domain are "same-site" to each other.
    """
    other = request.headers.get("Sec-Fetch-Site", "") in ("cross-site", "same-site")
    return other and settings.SESSION_COOKIE_NAME in request.COOKIES


class SecurityHeadersMiddleware:
    """Headers of promise P21 on every response; pages are never stored, only static files are."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, then set the headers."""
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers[name] = value
        if not request.path.startswith(settings.STATIC_URL):
            response.headers["Cache-Control"] = "no-store"
            # A program needs the version of what it read, to send it back as If-Match; a page gives none.
            of_a_page = () if request.path.startswith(PROGRAMS) else ("ETag",)
            for name in (*of_a_page, "Last-Modified", "Expires"):
                response.headers.pop(name, None)
        return response


class LanguageMiddleware(LocaleMiddleware):
    """The language of a page: `?hl=` for this page alone (links in letters), the cookie, the browser."""

    def process_request(self, request: HttpRequest) -> None:
        """Choose and activate the language."""
        super().process_request(request)
        asked = request.GET.get("hl", "")
        if asked in dict(settings.LANGUAGES):
            translation.activate(asked)
            request.LANGUAGE_CODE = asked


class OneNotFoundMiddleware:
    """Turn "you may not" and "there is no such thing" into one and the same page."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer for both exceptions; leave all others alone."""
        if isinstance(exception, PermissionDenied | Http404):
            return not_found(request)
        return None


class UnreadableRecordMiddleware:
    """One answer, on every surface, for a page whose record cannot be read; what the request wrote is rolled back."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer for this exception; leave all others alone."""
        return unreadable(request, exception) if isinstance(exception, UnreadableRecord) else None


class CompressionMiddleware(GZipMiddleware):
    """Django's, for these kinds only. It adds up to 100 random bytes, so that lengths tell little (BREACH, ADR 0043).

    The image holds static files compressed beforehand; WhiteNoise sends those, and they pass here untouched.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """The response, compressed when its kind gains by it, the browser takes it and no other site can measure it."""
        if kind_of(response) not in COMPRESSED or asked_by_another_site(request):
            return response
        return super().process_response(request, response)
