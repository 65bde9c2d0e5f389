"""The protection desk: screening, referral, partner agencies."""

from django.urls import include, path

from wpis.urls_ground import handler400, handler403, handler404, handler500
from wpis.urls_ground import urlpatterns as ground

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [
    path("", include("referral.urls")),
    path("alerts/", include("alerts.urls")),
    *ground,
]
