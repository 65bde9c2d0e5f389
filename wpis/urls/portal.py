"""The portal: employers, the verification of permits, the employers' interface for programs."""

from django.urls import include, path

from wpis.ui.help import help_page
from wpis.urls.ground import handler400, handler403, handler404, handler429, handler500
from wpis.urls.ground import urlpatterns as ground

__all__ = ["handler400", "handler403", "handler404", "handler429", "handler500", "urlpatterns"]

urlpatterns = [
    path("", include("permits.employer.urls")),
    path("check/", include("permits.verify.urls")),
    path("api/", include("permits.api.urls")),
    path("help/", help_page("permits/employer/help.html"), name="help"),
    *ground,
]
