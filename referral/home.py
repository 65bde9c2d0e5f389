"""The home page of the protection surface: redirects each role to its own pages."""

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
    Role.PROTECTION_ADMINISTRATOR: "staff:accounts",
}


@requires(powers.ENTER)
def front(request: SignedInRequest) -> HttpResponse:
    """Redirect to the pages of the person's role."""
    return redirect(DESK_OF[Role(request.user.role)])
