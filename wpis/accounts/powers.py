"""Powers: what somebody may do, held by roles, declared in code so that no database row names one."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from wpis import clock
from wpis.accounts.browser.expired_form import reoffer_form
from wpis.accounts.roles import SURFACE_OF, Role

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Power:
    """One thing that may be done, and the roles that may do it. `name` is for audit events and documentation."""

    name: str
    roles: frozenset[str]

    @classmethod
    def of(cls, name: str, *roles: Role) -> "Power":
        """Declare a power: `SUBMIT = Power.of("application.submit", Role.EMPLOYER)`."""
        return cls(name, frozenset(str(role) for role in roles))

    @property
    def surfaces(self) -> frozenset[str]:
        """The surfaces on which somebody can hold this power."""
        return frozenset(str(SURFACE_OF[role]) for role in self.roles)

    def held_by(self, user: Any) -> bool:
        """Whether this account holds the power now; a closed, ended or anonymous account holds none."""
        return getattr(user, "role", None) in self.roles and user.is_open(clock.today())


def authorize(user: Any, power: Power) -> None:
    """Raise PermissionDenied unless `user` holds `power`."""
    if not power.held_by(user):
        raise PermissionDenied(power.name)


def requires(power: Power) -> Callable[[View], View]:
    """Guard a view: anonymous people are sent to sign in, everybody without the power sees the one 404.

    What somebody sends after the session has ended is handed back, to be sent again after signing in.
    The order matters: nothing is looked up before the power is asked for, so the answer says nothing about what exists.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                if request.method == "POST":
                    return reoffer_form(request)
                return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
            authorize(request.user, power)
            return view(request, *args, **kwargs)

        guarded.power = power  # type: ignore[attr-defined]  # read by test_roles and the documentation
        return guarded

    return decorate


def public(reason: str) -> Callable[[View], View]:
    """Mark a view as open to everybody, with the reason; a view with neither mark fails `test_roles`."""

    def decorate(view: View) -> View:
        view.public = reason  # type: ignore[attr-defined]
        return view

    return decorate
