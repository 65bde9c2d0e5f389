"""The page of one's own account, the same on every surface, and the end of all other sessions."""

from datetime import UTC, datetime
from typing import cast

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from wpis.accounts.changing.ending_sessions import end_other_sessions
from wpis.accounts.factors import factor_types
from wpis.accounts.limits import STARTED
from wpis.accounts.models import User
from wpis.accounts.powers import public
from wpis.audit import trail

OWN = "everybody's own account; who is not signed in is sent to sign in"


@public(OWN)
@login_required
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """Who is signed in, how they sign in, and since when."""
    user = cast(User, request.user)
    factors = {each.type: each for each in Authenticator.objects.filter(user=user)}
    codes = factors.get(Authenticator.Type.RECOVERY_CODES)
    context = {
        "addresses": EmailAddress.objects.filter(user=user).order_by("-primary", "pk"),
        "has_factor": any(kind in factors for kind in factor_types()),
        "codes_left": len(codes.wrap().get_unused_codes()) if codes else None,
        "since": datetime.fromtimestamp(request.session[STARTED], UTC),
    }
    return render(request, "own_account/account.html", context)


@public(OWN)
@login_required
@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere else: this lowers what others can do, so it asks for no fresh proof."""
    user = cast(User, request.user)
    end_other_sessions(request, user)
    trail.record("accounts.session.end_others", by=user, subject=user)
    messages.success(request, _("You are signed out everywhere else."))
    return redirect("account")
