"""The shared user interface as a Django app, so that its template tags are found."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "wpis.ui"
    label = "ui"
