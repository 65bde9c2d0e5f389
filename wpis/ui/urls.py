"""Addresses that every surface has."""

from django.urls import path

from wpis.ui.views import set_language_view

urlpatterns = [path("language/", set_language_view, name="set_language")]
