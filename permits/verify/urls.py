"""Addresses of the public verification of permits; short, because one of them is printed in a QR code."""

from django.urls import path
from django.urls.resolvers import URLPattern, URLResolver

from permits.verify import views

app_name = "verify"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.enter_number, name="enter"),
    path("keys.json", views.keys, name="keys"),
    path("<str:text>", views.result, name="result"),
]
