"""Addresses of the protection desk; none of them says what it is about."""

from django.urls import path

from referral import home
from referral.caseworker.views import case, consents, inbox, referrals
from referral.partner.views import referrals as partner
from referral.partner.views import tokens
from wpis.audit import views

app_name = "referral"
urlpatterns = [
    path("", home.front, name="front"),
    path("cases/", inbox.inbox, name="inbox"),
    path("cases/open/<uuid:waiting>/", inbox.open_case, name="open_case"),
    path("cases/<uuid:case>/", case.overview, name="case"),
    path("cases/<uuid:case>/contact/", case.contact, name="contact"),
    path("cases/<uuid:case>/notes/", case.notes, name="notes"),
    path("cases/<uuid:case>/history/", case.history, name="history"),
    path("cases/<uuid:case>/show/<slug:field>/", case.reveal, name="reveal"),
    path("cases/<uuid:case>/steps/<slug:step>/", case.step, name="step"),
    path("cases/<uuid:case>/agreements/", consents.consent_list, name="consents"),
    path("cases/<uuid:case>/agreements/<uuid:consent>/end/", consents.take_back, name="take_back"),
    path("cases/<uuid:case>/agreements/ask/<slug:agency>/<slug:purpose>/", consents.ask, name="ask"),
    path("cases/<uuid:case>/sent/", referrals.referral_list, name="referrals"),
    path("cases/<uuid:case>/sent/<uuid:item>/withdraw/", referrals.withdraw, name="withdraw"),
    path("cases/<uuid:case>/sent/new/<slug:agency>/<slug:purpose>/", referrals.preview, name="preview"),
    path("items/", partner.partner_inbox, name="partner_inbox"),
    path("items/<uuid:item>/", partner.item, name="item"),
    path("items/<uuid:item>/accept/", partner.accept, name="accept"),
    path("items/<uuid:item>/decline/", partner.decline, name="decline"),
    path("items/<uuid:item>/outcome/", partner.outcome, name="outcome"),
    path("tokens/", tokens.token_list, name="tokens"),
    path("tokens/<uuid:token>/revoke/", tokens.revoke_token, name="revoke_token"),
    path("log/", views.audit_log, name="audit_log"),
]
