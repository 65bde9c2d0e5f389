"""Addresses of the agencies' interface for programs; each demands a power, as the pages do."""

from django.urls import path
from django.urls.resolvers import URLPattern, URLResolver

from referral import powers
from referral.api import views
from referral.api.describe import PartnerSchema
from wpis.accounts.powers import requires
from wpis.api.views import guarded

app_name = "items"

urlpatterns: list[URLPattern | URLResolver] = [
    path("schema", requires(powers.RECEIVE)(PartnerSchema.view()), name="schema"),
    path("v1/items", guarded(views.ReferralList), name="items"),
    path("v1/items/<uuid:item>", guarded(views.ReferralDetail), name="item"),
    path("v1/items/<uuid:item>/accept", guarded(views.Accept), name="accept"),
    path("v1/items/<uuid:item>/decline", guarded(views.Decline), name="decline"),
    path("v1/items/<uuid:item>/complete", guarded(views.Complete), name="complete"),
]
