"""The ground as a Django app: it holds the outbox for open errands and the management commands."""

from django.apps import AppConfig


class WpisConfig(AppConfig):
    name = "wpis"
    label = "wpis"
    verbose_name = "WPIS"
