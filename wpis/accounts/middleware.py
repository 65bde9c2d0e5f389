"""Rules that hold for a whole session: the absolute limit, the right surface, the second factor."""

from collections.abc import Callable
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from wpis import clock
from wpis.accounts import limits
from wpis.accounts.factors import factor_types, factors_of

GetResponse = Callable[[HttpRequest], HttpResponseBase]
SECOND_FACTOR = "second_factor"


class SessionLimitsMiddleware:
    """End a session after its absolute limit, when the account is closed, or when it belongs elsewhere."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        user = request.user
        if user.is_authenticated:
            now = clock.real_now()
            limits.begin(request.session, now)
            too_old = limits.seconds_left(request.session, now) < 0
            elsewhere = settings.WPIS_SURFACE not in (user.surface, "owner")
            if too_old or elsewhere or not user.is_open(clock.today()):
                logout(request)
        return self.get_response(request)


class SecondFactorMiddleware:
    """Office and protection: nobody works without a passkey or one-time codes.

    What counts is what this session has shown, not what the account holds: a session that a thief opened with
    the password alone must not come alive on the day when the owner sets up a second factor. Nor can it set one up:
    that takes the enrolment code of an administrator, and until then only the page that asks for it is open.
    """

    surfaces = ("office", "protection")
    open_paths = (
        "/enrol/",
        "/accounts/logout/",
        "/language/",
        "/session/",
        "/help/",
        "/static/",
        "/health/",
        "/metrics",
    )
    enrolling_paths = ("/accounts/2fa/", "/accounts/reauthenticate/")

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        user = request.user
        if (
            user.is_authenticated
            and settings.WPIS_SURFACE in self.surfaces
            and not request.session.get(SECOND_FACTOR)
        ):
            if _showed_factor(request):
                request.session[SECOND_FACTOR] = True
            elif factors_of(user).exists():
                logout(request)  # on open paths too: there this session could add a factor of its own
            elif not request.path.startswith(self.open_paths):
                enrols = limits.may_enrol(request.session, clock.real_now())
                if not (enrols and request.path.startswith(self.enrolling_paths)):
                    return redirect("mfa_index" if enrols else "enrol")
        return self.get_response(request)


def _showed_factor(request: HttpRequest) -> bool:
    """Whether a second factor was used in this session."""
    return any(
        record["method"] == "mfa" and (not settings.WPIS_PASSKEY_ONLY or record.get("type") in factor_types())
        for record in get_authentication_records(request, request.user)
    )


def remember_factor(request: HttpRequest, authenticator: Authenticator, **_: Any) -> None:
    """Mark this session, and no other, as having used the factor that was just set up."""
    if authenticator.type in factor_types():
        request.session[SECOND_FACTOR] = True
