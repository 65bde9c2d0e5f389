"""Tokens with which an agency's own case system signs in: make one, see them, revoke one."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from referral import powers
from referral.agencies.presenters import agency_name
from referral.api.tokens import actions as tokens
from referral.api.tokens.queries import tokens_of
from referral.forms import posted
from wpis import clock
from wpis.accounts.changing.fresh import fresh_authentication
from wpis.accounts.changing.notices import tell
from wpis.accounts.powers import requires
from wpis.accounts.requests import SignedInRequest
from wpis.api.forms import TokenForm
from wpis.audit import trail
from wpis.audit.reading import reads
from wpis.errors import Refused
from wpis.ui.refusals import show_refusal


@requires(powers.RECEIVE)
@require_http_methods(["GET", "POST"])
@fresh_authentication
@reads("referral.token.read", "referral.token.issue")
def token_list(request: SignedInRequest) -> HttpResponse:
    """The tokens of one's agency; a new one is shown now and never again, so the answer to the form is a page."""
    form = TokenForm(posted(request))
    desk = {"desk": "programs", "agency": agency_name(request.user.agency)}
    if form.is_valid():
        try:
            token, secret = tokens.issue(form.cleaned_data["label"], by=request.user, at=clock.now())
        except Refused as refused:
            show_refusal(form, refused)
        else:
            tell(request.user, "account/notices/token_made", label=token.label)
            return render(request, "referral/partner/token.html", {"token": token, "secret": secret, **desk})
    found = list(tokens_of(request.user, clock.now()))
    trail.record_list("referral.token.read", by=request.user, shown=[row.pk for row in found])
    context = {"tokens": found, "form": form, **desk}
    return render(request, "referral/partner/tokens.html", context, status=422 if form.is_bound else 200)


@requires(powers.RECEIVE)
@require_POST
def revoke_token(request: SignedInRequest, token: UUID) -> HttpResponse:
    """Revoke a token of one's agency, whoever made it."""
    found = get_object_or_404(tokens_of(request.user, clock.now()), pk=token)
    tokens.revoke(found, by=request.user, at=clock.now())
    tell(found.user, "account/notices/token_revoked", label=found.label)
    messages.success(request, _("The token is revoked."))
    return redirect("referral:tokens")
