"""Addresses of the caseworker's desk."""

from django.urls import path

from referral.caseworker.views import case, closing, consents, inbox, referrals, steps, team

urlpatterns = [
    path("cases/", inbox.inbox, name="inbox"),
    path("cases/open/<uuid:waiting>/", inbox.open_case, name="open_case"),
    path("cases/<uuid:case>/", case.overview, name="case"),
    path("cases/<uuid:case>/contact/", case.contact, name="contact"),
    path("cases/<uuid:case>/notes/", case.notes, name="notes"),
    path("cases/<uuid:case>/history/", case.history, name="history"),
    path("cases/<uuid:case>/show/<slug:field>/", case.reveal, name="reveal"),
    path("cases/<uuid:case>/steps/<slug:step>/", steps.step, name="step"),
    path("cases/<uuid:case>/reason/", team.outside, name="outside"),
    path("cases/<uuid:case>/team/", team.members, name="team"),
    path("cases/<uuid:case>/team/<uuid:member>/remove/", team.remove, name="remove_member"),
    path("cases/<uuid:case>/closing/<uuid:proposal>/", closing.proposal, name="closing"),
    path("cases/<uuid:case>/closing/<uuid:proposal>/<slug:decision>/", closing.decide, name="decide_closing"),
    path("cases/<uuid:case>/agreements/", consents.consent_list, name="consents"),
    path("cases/<uuid:case>/agreements/<uuid:consent>/end/", consents.take_back, name="take_back"),
    path("cases/<uuid:case>/agreements/ask/<slug:agency>/<slug:purpose>/", consents.ask, name="ask"),
    path("cases/<uuid:case>/sent/", referrals.referral_list, name="referrals"),
    path("cases/<uuid:case>/sent/<uuid:item>/withdraw/", referrals.withdraw, name="withdraw"),
    path("cases/<uuid:case>/sent/new/<slug:agency>/<slug:purpose>/", referrals.preview, name="preview"),
]
