"""The base layer as a Django app: its background jobs and management commands."""

from django.apps import AppConfig


class WpisConfig(AppConfig):
    name = "wpis"
    label = "wpis"
    verbose_name = "WPIS"
