"""How allauth behaves here: sign-up on the portal only, sign-in on one's own surface only, sealed TOTP seeds."""

import base64
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest

from wpis import clock
from wpis.accounts.browser import responses
from wpis.accounts.factors import factors_of, may_remove
from wpis.accounts.failures.recording import Step, sign_in_failed
from wpis.accounts.messages import SIGN_IN_PROBLEMS
from wpis.audit import trail
from wpis.crypto.sealing import Sealed, seal, unseal
from wpis.rate_limits.guesses import count_guess


class AccountAdapter(DefaultAccountAdapter):
    """Accounts of staff are made by an administrator, never by sign-up."""

    error_messages = {**DefaultAccountAdapter.error_messages, **SIGN_IN_PROBLEMS}

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Only employers make their own accounts."""
        return settings.WPIS_SURFACE == "portal"

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the try; allauth takes it back when the password is right (`_login_failed_rl_usage`)."""
        tried = str(credentials.get("email", ""))
        self._login_failed_rl_usage = count_guess(request, tried, at=clock.real_now())
        if self._login_failed_rl_usage is None:
            sign_in_failed(request, tried, Step.TOO_MANY)
            raise self.validation_error("too_many_login_attempts")

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """Treat an account of another surface as unknown: the same message, after the same amount of work."""
        user = super().authenticate(request, **credentials)
        if user is not None and settings.WPIS_SURFACE not in (user.surface, "owner"):
            user = None
        if user is None:
            sign_in_failed(request, str(credentials.get("email", "")), Step.PASSWORD)
        return user

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """How somebody proves again who they are: with a second factor if they have one, else with the password.

        The first is the one that is offered: recovery codes are for who has lost their key, not instead of it.
        """
        found: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        with_factor = [method for method in found if method["id"] != "reauthenticate"]
        if with_factor and not factors_of(user).filter(type=Authenticator.Type.TOTP).exists():
            with_factor.reverse()
        return with_factor or found

    def pre_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> Any:
        """Answer somebody whose last day is over like somebody whose account was closed."""
        if not user.is_open(clock.today()):
            sign_in_failed(request, user.email, Step.CLOSED)
            user.is_active = False  # for this request: what follows asks for nothing else
        return super().pre_login(request, user, **kwargs)

    def login(self, request: HttpRequest, user: Any) -> None:
        """Record every sign-in in the audit trail."""
        super().login(request, user)
        responses.note_sign_in(request, user)
        trail.record("accounts.session.open", by=user, subject=user)


class MFAAdapter(DefaultMFAAdapter):
    """Seeds of one-time codes are stored encrypted (allauth stores them in clear by default)."""

    error_messages = {**DefaultMFAAdapter.error_messages, **SIGN_IN_PROBLEMS}
    place = "mfa_authenticator|data|seed"

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Staff keep their last factor: they add the new one first."""
        return may_remove(authenticator)

    def encrypt(self, text: str) -> str:
        """Seal a seed for the database."""
        return base64.b64encode(seal(text.encode(), self.place).blob).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Open a sealed seed. Raises Tampered when it was changed."""
        return unseal(Sealed(base64.b64decode(encrypted_text)), self.place).decode()
