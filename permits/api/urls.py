"""Addresses of the employers' interface; each says which power it needs, as the pages do."""

from typing import Any

from django.urls import path
from django.urls.resolvers import URLPattern, URLResolver
from drf_spectacular.views import SpectacularJSONAPIView

from permits.api import views
from wpis.accounts.powers import View, public

app_name = "api"


def _guarded(view: Any) -> View:
    """The view as a function that carries its power, as `@requires` does; the view itself answers 401."""
    function: View = view.as_view()
    function.power = view.power  # type: ignore[attr-defined]  # read by the truth table and the generated papers
    return function


schema = public("programmers read the description before they have a token")(SpectacularJSONAPIView.as_view())

urlpatterns: list[URLPattern | URLResolver] = [
    path("schema", schema, name="schema"),
    path("v1/applications", _guarded(views.ApplicationList), name="applications"),
    path("v1/applications/<uuid:pk>", _guarded(views.ApplicationDetail), name="application"),
    path("v1/applications/<uuid:pk>/documents", _guarded(views.DocumentList), name="documents"),
    path("v1/applications/<uuid:pk>/submit", _guarded(views.Submission), name="submit"),
]
