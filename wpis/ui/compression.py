"""Compresses pages, style sheets and scripts on their way out; what a program or a reader downloads stays as it is."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

COMPRESSED = frozenset(
    {"text/html", "text/css", "text/javascript", "application/javascript", "image/svg+xml"}
)


class CompressionMiddleware(GZipMiddleware):
    """Django's, for these kinds only. It adds up to 100 random bytes, so that lengths tell little (BREACH, ADR 0043).

    The image holds static files compressed beforehand; WhiteNoise sends those, and they pass here untouched.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """The response, compressed when its kind gains by it and the browser takes it."""
        kind = response.headers.get("Content-Type", "").partition(";")[0].strip()
        return super().process_response(request, response) if kind in COMPRESSED else response
