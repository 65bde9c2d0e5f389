"""The documents app."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "wpis.documents"
    label = "documents"
