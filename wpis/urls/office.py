"""The office: queues, files, decisions."""

from django.urls import include, path

from wpis.second_factor.enrolment import enrol
from wpis.staff.pages.urls import staff_addresses
from wpis.ui.help import help_page
from wpis.urls.ground import handler400, handler403, handler404, handler429, handler500
from wpis.urls.ground import urlpatterns as ground

__all__ = ["handler400", "handler403", "handler404", "handler429", "handler500", "urlpatterns"]

urlpatterns = [
    path("", include("permits.officer.urls")),
    path("staff/", include(staff_addresses("office"))),
    path("enrol/", enrol, name="enrol"),
    path("help/", help_page("permits/officer/help.html"), name="help"),
    *ground,
]
