"""Rules that hold for a whole session: the absolute limit, the right surface, the second factor."""

from collections.abc import Callable
from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

GetResponse = Callable[[HttpRequest], HttpResponseBase]
_STARTED = "started_at"
_SECOND_FACTOR = "second_factor"


class SessionLimitsMiddleware:
    """End a session after its absolute limit, when the account was closed, or when it belongs elsewhere."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        user = request.user
        if user.is_authenticated:
            now = timezone.now()
            started = request.session.setdefault(_STARTED, now.timestamp())
            too_old = now.timestamp() - started > timedelta(hours=settings.WPIS_SESSION_HOURS).total_seconds()
            elsewhere = settings.WPIS_SURFACE not in (user.surface, "owner")
            if too_old or elsewhere or not user.is_active:
                logout(request)
        return self.get_response(request)


class SecondFactorMiddleware:
    """Office and protection: nobody works without a passkey or one-time codes; first sign-in sets one up."""

    surfaces = ("office", "protection")
    open_paths = ("/accounts/", "/language/", "/static/", "/health/", "/metrics")

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if (
            request.user.is_authenticated
            and settings.WPIS_SURFACE in self.surfaces
            and not request.path.startswith(self.open_paths)
            and not request.session.get(_SECOND_FACTOR)
        ):
            if not Authenticator.objects.filter(user=request.user).exclude(type="recovery_codes").exists():
                return redirect("mfa_index")
            request.session[_SECOND_FACTOR] = True
        return self.get_response(request)
