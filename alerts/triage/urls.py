"""Addresses of the screening desk."""

from django.urls import path

from alerts.triage.views import alert, not_checked, overrides, queue, steps

app_name = "alerts"
urlpatterns = [
    path("", queue.queue, name="queue"),
    path("next/", steps.take_next, name="take_next"),
    path("not-checked/", not_checked.not_checked, name="not_checked"),
    path("not-checked/<uuid:screening>/retry/", not_checked.retry, name="retry"),
    path("overrides/", overrides.overrides, name="overrides"),
    path("<uuid:alert>/", alert.alert_page, name="alert"),
    path("<uuid:alert>/take/", steps.take, name="take"),
    path("<uuid:alert>/take-over/", steps.take_over, name="take_over"),
    path("<uuid:alert>/release/", steps.release, name="release"),
    path("<uuid:alert>/decide/", steps.decide, name="decide"),
    path("<uuid:alert>/second/", steps.second, name="second"),
    path("<uuid:alert>/reopen/", steps.reopen, name="reopen"),
]
