"""Pages of accounts beside allauth's: the end of a session, and what is asked or noted around allauth's own pages."""

# allauth has no types, so its views are Any to mypy.
# mypy: disable-error-code="misc"

from typing import Any, cast

from allauth.account import views as allauth_views
from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from allauth.core.exceptions import ReauthenticationRequired
from allauth.mfa.recovery_codes.views import DownloadRecoveryCodesView, ViewRecoveryCodesView
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.views.decorators.http import require_safe

from wpis import clock
from wpis.accounts.factors import factors_of
from wpis.accounts.limits import seconds_left
from wpis.accounts.models import User
from wpis.accounts.powers import public
from wpis.audit import trail


@public("says only whether this browser is signed in, and for how long")
@require_safe
def stay(request: HttpRequest) -> JsonResponse:
    """Asking extends the session, as every request does; `seconds` is 0 when it has ended.

    `token` is the one for forms of now: signing in again, in another tab, makes those of open pages invalid.
    `owner` is the mark of the account, so that a page goes on only with the one who opened it.
    """
    if not request.user.is_authenticated:
        return JsonResponse({"seconds": 0, "token": get_token(request), "owner": ""})
    left = max(seconds_left(request.session, clock.real_now()), 0)
    return JsonResponse({"seconds": left, "token": get_token(request), "owner": request.user.mark})


@public("leads everybody to sign in; says only that it worked")
@require_safe
def signed_in(request: HttpRequest) -> HttpResponse:
    """Shown after signing in again in a new tab: sends the person back to the tab with the unsent form."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
    return render(request, "own_account/signed_in.html")


def _note_codes_read(request: HttpRequest) -> None:
    reader = cast(User, request.user)
    trail.record("accounts.recovery_codes.read", by=reader, subject=reader)


class RecoveryCodesView(ViewRecoveryCodesView):
    """The recovery codes, which whoever sees them can use: the trail says that they were shown."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show them, to somebody who has just proved again who they are."""
        answer: HttpResponse = super().get(request, *args, **kwargs)
        _note_codes_read(request)
        return answer


class RecoveryCodesFileView(DownloadRecoveryCodesView):
    """The same codes as a file."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Send them."""
        answer: HttpResponse = super().get(request, *args, **kwargs)
        _note_codes_read(request)
        return answer


@public("everybody's own password; who is not signed in is sent to sign in")
@login_required
def change_password(request: HttpRequest) -> HttpResponseBase:
    """A new password: the old one is asked for by the form, and before that the second factor where there is one."""
    if factors_of(request.user).exists() and is_reauthentication_required(request, app="allauth.account"):
        raise ReauthenticationRequired
    answer: HttpResponseBase = allauth_views.password_change(request)
    return answer


OWN_CODES = "everybody's own recovery codes; who is not signed in is sent to sign in"
recovery_codes = public(OWN_CODES)(RecoveryCodesView.as_view())
recovery_codes_file = public(OWN_CODES)(RecoveryCodesFileView.as_view())
