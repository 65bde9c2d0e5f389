"""The sign-in forms with our own labels (`ACCOUNT_FORMS`, `MFA_FORMS`); allauth implements the behaviour.

allauth has no Armenian translation, so none of its texts may reach a page; `borrowed.py` lists those we cannot replace.
"""

# allauth has no types, so its forms are Any to mypy.
# mypy: disable-error-code="misc"

import json
from datetime import timedelta
from typing import Any

from allauth.account import app_settings
from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.signup import prevent_enumeration
from allauth.core import context
from allauth.mfa.base import forms as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from wpis import clock
from wpis.accounts.failures.recording import Step, sign_in_failed
from wpis.accounts.models import User
from wpis.accounts.signing_up import pending
from wpis.rate_limits.limiter import RateLimit, check_rate_limit
from wpis.ui.forms import PlainWords

EMAIL, PASSWORD = _("E-mail address"), _("Password")
NEW, AGAIN = _("New password"), _("The same password again")
CODE = _("6-digit code")
SIGNATURE_SECONDS = 900
"""As long as a sign-in may take (allauth's LOGIN_TIMEOUT): no challenge is older."""


class LoginForm(PlainWords, account.LoginForm):
    """First step of sign-in."""

    labels = {"login": EMAIL, "password": PASSWORD}
    hints = {"password": ""}
    missing = {"login": _("Enter your e-mail address"), "password": _("Enter your password")}


class SignupForm(PlainWords, account.SignupForm):
    """A new account of an employer."""

    name = forms.CharField(
        label=_("Your full name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )

    field_order = ("name", "email", "password1", "password2")
    labels = {"email": EMAIL, "password1": PASSWORD, "password2": AGAIN}
    missing = {
        "name": _("Enter your full name"),
        "email": _("Enter your e-mail address"),
        "password1": _("Enter a password"),
        "password2": _("Enter the same password again"),
    }

    def try_save(self, request: HttpRequest) -> Any:
        """Keep what was entered and send a letter, whatever the address; the account is made once its code comes."""
        entered = self.cleaned_data
        pending.begin(request, email=entered["email"], name=entered["name"], password=entered["password1"])
        return None, prevent_enumeration(request, email=entered["email"])


class ResetPasswordForm(PlainWords, account.ResetPasswordForm):
    """Where to send the link for a new password."""

    labels = {"email": EMAIL}
    missing = {"email": _("Enter your e-mail address")}
    users: list[Any]

    def clean_email(self) -> str:
        """The address. An account of another surface, which this one may read but not write, is unknown here."""
        email: str = super().clean_email()
        self.users = [user for user in self.users if settings.WPIS_SURFACE in (user.surface, "owner")]
        return email

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """Write the letter with the link; for an address without an account a key is made that opens nothing."""
        if not self.users:
            account.default_token_generator.make_token(User(email=self.cleaned_data["email"]))
        saved: str = super().save(request, **kwargs)
        return saved


class ResetLinkForm(account.UserTokenForm):
    """The link for a new password, checked. One of another surface is a link that does not work."""

    def _get_user(self, uidb36: str) -> Any:
        """The account, if it may be changed here: the office can see accounts of the portal, but not write them."""
        user = super()._get_user(uidb36)
        return user if user is not None and settings.WPIS_SURFACE in (user.surface, "owner") else None


class ResetPasswordKeyForm(PlainWords, account.ResetPasswordKeyForm):
    """The new password, reached by that link."""

    labels = {"password1": NEW, "password2": AGAIN}
    missing = {"password1": _("Enter a new password"), "password2": _("Enter the same password again")}
    user: Any
    temp_key: str

    def clean(self) -> dict[str, Any]:
        """Check the link again behind a lock on the account: sent twice at once, it sets one password."""
        cleaned: dict[str, Any] = super().clean()
        if self.user is not None and not self.errors:
            locked = type(self.user).objects.select_for_update(no_key=True).get(pk=self.user.pk)
            if not account.default_token_generator.check_token(locked, self.temp_key):
                raise get_adapter().validation_error("invalid_password_reset")
        return cleaned


class ChangePasswordForm(PlainWords, account.ChangePasswordForm):
    """The old and the new password."""

    labels = {"oldpassword": _("The password you have now"), "password1": NEW, "password2": AGAIN}
    hints = {"oldpassword": ""}
    missing = {
        "oldpassword": _("Enter the password you have now"),
        "password1": _("Enter a new password"),
        "password2": _("Enter the same password again"),
    }


class SetPasswordForm(PlainWords, account.SetPasswordForm):
    """A password for an account that has none."""

    labels = {"password1": NEW, "password2": AGAIN}
    missing = {"password1": _("Enter a new password"), "password2": _("Enter the same password again")}


class AddEmailForm(PlainWords, account.AddEmailForm):
    """One more e-mail address of the account."""

    labels = {"email": EMAIL}
    missing = {"email": _("Enter your e-mail address")}


class EmailCodeForm(PlainWords, account.ConfirmEmailVerificationCodeForm):
    """The code that was sent to an address. It is good once, and it may be guessed three times.

    allauth keeps both in the session, where requests at the same moment, in two processes, do not see each other.
    """

    labels = {"code": _("Code")}
    expected_code: str

    def clean_code(self) -> str:
        """Count the try, check the code, note it as used."""
        sent = f"{self.email} {self.expected_code}"
        tries = RateLimit(
            "codes of an e-mail address",
            app_settings.EMAIL_VERIFICATION_BY_CODE_MAX_ATTEMPTS,
            timedelta(seconds=app_settings.EMAIL_VERIFICATION_BY_CODE_TIMEOUT),
        )
        if check_rate_limit(tries, sent, at=clock.real_now()) is not None:
            raise get_adapter().validation_error("too_many_login_attempts")
        code: str = super().clean_code()
        if not cache.add(f"e-mail code {sent}", "y", timeout=app_settings.EMAIL_VERIFICATION_BY_CODE_TIMEOUT):
            raise get_adapter().validation_error("incorrect_code")
        return code


class ReauthenticateForm(PlainWords, account.ReauthenticateForm):
    """The password once more, before a protected step."""

    labels = {"password": PASSWORD}
    hints = {"password": ""}
    missing = {"password": _("Enter your password")}


class _CodeWords(PlainWords):
    """A code out of an app: short box, number keys."""

    labels = {"code": CODE}
    missing = {"code": _("Enter the code that your app shows")}
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].width = 10  # type: ignore[attr-defined]  # read by WpiBoundField


class AuthenticateForm(_CodeWords, mfa.AuthenticateForm):
    """Second step of sign-in: a code of the app, or a recovery code."""

    labels = {"code": _("Code")}


class ConfirmForm(_CodeWords, mfa.ReauthenticateForm):
    """A code once more, before a protected step."""

    labels = {"code": _("Code")}


class ActivateTOTPForm(_CodeWords, totp.ActivateTOTPForm):
    """The first code of a new app. It is used with that: it opens no session beside."""

    user: Any

    def clean_code(self) -> str:
        """Check the code and note it as used."""
        code: str = super().clean_code()
        TOTP(Authenticator(user=self.user))._mark_code_used(code)
        return code


class _AssertedOnce(forms.Form):
    """What a passkey has signed is good once, also for two requests at the same moment."""

    user: Any

    def clean_credential(self) -> Any:
        """Check the signature and note it as used."""
        signed = json.dumps(self.cleaned_data["credential"], sort_keys=True)
        try:
            authenticator: Any = super().clean_credential()
        except forms.ValidationError:
            # Whose key it is is what a stranger says: of a sign-in by key alone no account is recorded.
            account = self.user.email if self.user else ""
            sign_in_failed(context.request, account, Step.KEY)
            raise
        if not cache.add(f"passkey {signed}", "y", timeout=SIGNATURE_SECONDS):
            raise get_adapter().validation_error("incorrect_code")
        return authenticator


class AuthenticateKeyForm(_AssertedOnce, webauthn.AuthenticateWebAuthnForm):
    """Second step of sign-in with a key."""


class SignInKeyForm(_AssertedOnce, webauthn.LoginWebAuthnForm):
    """Sign-in with a passkey alone."""


class ConfirmKeyForm(_AssertedOnce, webauthn.ReauthenticateWebAuthnForm):
    """A key once more, before a protected step."""


class AddKeyForm(PlainWords, webauthn.AddWebAuthnForm):
    """A passkey or security key and its name."""

    labels = {"name": _("Name of the key"), "passwordless": _("Use it to sign in without a password")}
    hints = {"passwordless": _("The key then asks for your fingerprint, face or PIN.")}
    mark_optional = False


class RenameKeyForm(PlainWords, webauthn.EditWebAuthnForm):
    """Another name for a key."""

    labels = {"name": _("Name of the key")}
