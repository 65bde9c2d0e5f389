"""The home of the protection surface: sends everybody to their own desk."""

from django.http import HttpResponse
from django.shortcuts import redirect

from referral import powers
from wpis.accounts.powers import requires
from wpis.accounts.requests import SignedInRequest
from wpis.accounts.roles import Role

DESK_OF = {
    Role.ANALYST: "alerts:queue",
    Role.CASEWORKER: "referral:inbox",
    Role.PARTNER: "referral:partner_inbox",
    Role.AUDITOR: "referral:audit_log",
}


@requires(powers.ENTER)
def front(request: SignedInRequest) -> HttpResponse:
    """Go to the desk of one's role."""
    return redirect(DESK_OF[Role(request.user.role)])
