"""A few addresses for the tests of headers and error pages; none of them needs the database."""

from django.core.exceptions import PermissionDenied
from django.db.transaction import non_atomic_requests as bare
from django.http import Http404, HttpResponse
from django.urls import path

from wpis.ui.views import set_language
from wpis.urls.ground import handler400, handler403, handler404, handler500

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def fine(request):
    response = HttpResponse("fine " + request.LANGUAGE_CODE)
    response["ETag"] = '"1"'
    return response


def absent(request):
    raise Http404("no application A-1")


def forbidden(request):
    raise PermissionDenied("not yours")


def broken(request):
    raise RuntimeError("secret detail")


urlpatterns = [
    path("", bare(fine)),
    path("absent/", bare(absent)),
    path("forbidden/", bare(forbidden)),
    path("broken/", bare(broken)),
    path("language/", bare(set_language), name="set_language"),
]
