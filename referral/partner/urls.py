"""Addresses of the agencies' desk; an item there is a referral by a neutral name."""

from django.urls import path

from referral.partner.views import referrals, tokens

urlpatterns = [
    path("items/", referrals.partner_inbox, name="partner_inbox"),
    path("items/<uuid:item>/", referrals.read, name="item"),
    path("items/<uuid:item>/accept/", referrals.accept, name="accept"),
    path("items/<uuid:item>/decline/", referrals.decline, name="decline"),
    path("items/<uuid:item>/outcome/", referrals.outcome, name="outcome"),
    path("tokens/", tokens.token_list, name="tokens"),
    path("tokens/<uuid:token>/revoke/", tokens.revoke_token, name="revoke_token"),
]
