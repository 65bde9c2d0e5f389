"""Addresses of the screening desk."""

from django.urls import path

from alerts.views import alert, not_checked, queue, triage

app_name = "alerts"
urlpatterns = [
    path("", queue.queue, name="queue"),
    path("next/", triage.take_next, name="take_next"),
    path("not-checked/", not_checked.not_checked, name="not_checked"),
    path("not-checked/<uuid:screening>/retry/", not_checked.retry, name="retry"),
    path("<uuid:alert>/", alert.alert_page, name="alert"),
    path("<uuid:alert>/take/", triage.take, name="take"),
    path("<uuid:alert>/take-over/", triage.take_over, name="take_over"),
    path("<uuid:alert>/release/", triage.release, name="release"),
    path("<uuid:alert>/decide/", triage.decide, name="decide"),
    path("<uuid:alert>/second/", triage.second, name="second"),
    path("<uuid:alert>/reopen/", triage.reopen, name="reopen"),
]
