"""Addresses of the protection surface: the home, the desks and the auditor's log. None says what it is about."""

from django.urls import path

from referral import home
from referral.caseworker.urls import urlpatterns as caseworker
from referral.partner.urls import urlpatterns as partner
from wpis.audit_log.views import audit_log

app_name = "referral"
urlpatterns = [
    path("", home.front, name="front"),
    *caseworker,
    *partner,
    path("log/", audit_log, {"frame": "referral/base.html"}, name="audit_log"),
]
