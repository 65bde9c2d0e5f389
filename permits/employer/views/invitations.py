"""Invitations to an address of this account: which company, who invites; accept or decline."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from permits import powers
from permits.actions import delegates
from permits.companies.inviting import open_invitations
from wpis import clock
from wpis.accounts.changing.fresh import fresh_authentication
from wpis.accounts.powers import requires
from wpis.accounts.requests import SignedInRequest
from wpis.errors import Refused


@requires(powers.FILE)
@require_safe
def invitation_list(request: SignedInRequest) -> HttpResponse:
    """The invitations that wait for this account."""
    found = open_invitations(request.user, clock.now())
    return render(request, "permits/employer/companies/invitations.html", {"invitations": found})


@requires(powers.FILE)
@require_POST
@fresh_authentication
def accept(request: SignedInRequest, invitation: UUID) -> HttpResponse:
    """File for the company from now on."""
    now = clock.now()
    found = get_object_or_404(open_invitations(request.user, now), pk=invitation)
    try:
        delegates.accept(found, by=request.user, at=now)
    except Refused as refused:
        messages.error(request, " ".join(str(reason) for reason in refused.reasons))
        return redirect("employer:invitations")
    messages.success(request, _("You can now file for the company."))
    return redirect("employer:company", found.employer_id)


@requires(powers.FILE)
@require_POST
def decline(request: SignedInRequest, invitation: UUID) -> HttpResponse:
    """Say no; the one who invited is told by letter."""
    now = clock.now()
    found = get_object_or_404(open_invitations(request.user, now), pk=invitation)
    try:
        delegates.decline(found, by=request.user, at=now)
        messages.success(request, _("You have declined the invitation."))
    except Refused as refused:
        messages.error(request, " ".join(str(reason) for reason in refused.reasons))
    return redirect("employer:invitations")
