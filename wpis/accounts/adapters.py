"""How allauth behaves here: sign-up on the portal only, sign-in on one's own surface only, sealed TOTP seeds."""

import base64
from datetime import datetime, timedelta
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.sites.shortcuts import get_current_site
from django.http import HttpRequest

from wpis import clock
from wpis.accounts.browser import responses
from wpis.accounts.factors import factors_of, may_remove
from wpis.accounts.failures.recording import Step, sign_in_failed
from wpis.accounts.messages import SIGN_IN_PROBLEMS
from wpis.accounts.signing_up import letters, pending
from wpis.audit import trail
from wpis.crypto.sealing import Sealed, seal, unseal
from wpis.rate_limits.guesses import count_guess

OWN_LETTERS = {"account/email/unknown_account": "account/notices/unknown_account"}
"""What allauth calls a letter -> where ours lies."""


def until_when(at: datetime) -> dict[str, Any]:
    """How long the link or code of a letter works that is written now."""
    return {
        "until": at + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT),
        "code_minutes": app_settings.EMAIL_VERIFICATION_BY_CODE_TIMEOUT // 60,
    }


class AccountAdapter(DefaultAccountAdapter):
    """Accounts of staff are made by an administrator, never by sign-up."""

    error_messages = {**DefaultAccountAdapter.error_messages, **SIGN_IN_PROBLEMS}

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Only employers make their own accounts."""
        return settings.WPIS_SURFACE == "portal"

    def generate_email_verification_code(self) -> str:
        """Keep the code at hand for the letter of somebody who signs up (see below)."""
        code: str = super().generate_email_verification_code()
        self.request._email_code = code
        return code

    def send_account_already_exists_mail(self, email: str) -> None:
        """The letter of every sign-up: the code, or that there is an account.

        allauth calls this for addresses that are taken. To it all are: no account is made before its code was
        entered (`wpis.accounts.signing_up`).
        """
        if pending.is_taken(email):
            super().send_account_already_exists_mail(email)
        else:
            code = {"code": self.request._email_code}
            self.send_mail("account/email/email_confirmation_signup", email, code)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue the letter. Each says how long what it holds works."""
        context = {**until_when(clock.now()), **context}
        more = {"request": self.request, "email": email, "current_site": get_current_site(self.request)}
        template = OWN_LETTERS.get(template_prefix, template_prefix)
        letters.queue(self.render_mail(template, email, more | context), at=clock.now())

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
