"""Addresses of this front door."""

from django.urls.resolvers import URLPattern, URLResolver

app_name = "alerts"
urlpatterns: list[URLPattern | URLResolver] = []
