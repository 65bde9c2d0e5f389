"""Addresses of the employers' interface; each says which power it needs, as the pages do."""

from django.urls import path
from django.urls.resolvers import URLPattern, URLResolver

from permits.api import views
from permits.api.describe import PortalSchema
from wpis.accounts.powers import public
from wpis.api.views import guarded

app_name = "api"

schema = public("programmers read the description before they have a token")(PortalSchema.view())

urlpatterns: list[URLPattern | URLResolver] = [
    path("schema", schema, name="schema"),
    path("v1/applications", guarded(views.ApplicationList), name="applications"),
    path("v1/applications/<uuid:pk>", guarded(views.ApplicationDetail), name="application"),
    path("v1/applications/<uuid:pk>/documents", guarded(views.DocumentList), name="documents"),
    path("v1/applications/<uuid:pk>/submit", guarded(views.Submission), name="submit"),
]
