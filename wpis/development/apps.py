"""The development tools as a Django app: installed for the owner of the database where this folder exists."""

from django.apps import AppConfig


class DevelopmentConfig(AppConfig):
    name = "wpis.development"
    label = "development"
    verbose_name = "WPIS development tools"
