"""The end of a session: how near it is, and the page on which signing in again ends in a second tab."""

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.views.decorators.http import require_safe

from wpis import clock
from wpis.accounts.limits import seconds_left
from wpis.accounts.powers import public


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
    return render(request, "account/signed_in.html")
