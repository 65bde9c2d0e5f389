"""The sign-in forms with our own labels (`ACCOUNT_FORMS`, `MFA_FORMS`); allauth implements the behaviour.

allauth has no Armenian translation, so none of its texts may reach a page; `borrowed.py` lists those we cannot replace.
"""

# allauth has no types, so its forms are Any to mypy.
# mypy: disable-error-code="misc"

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from wpis.ui.forms import PlainWords

EMAIL, PASSWORD = _("E-mail address"), _("Password")
NEW, AGAIN = _("New password"), _("The same password again")
CODE = _("6-digit code")


class LoginForm(PlainWords, account.LoginForm):
    """First step of sign-in."""

    labels = {"login": EMAIL, "password": PASSWORD}
    hints = {"password": ""}
    missing = {"login": _("Enter your e-mail address"), "password": _("Enter your password")}


class SignupForm(PlainWords, account.SignupForm):
    """A new account of an employer."""

    labels = {"email": EMAIL, "password1": PASSWORD, "password2": AGAIN}
    missing = {
        "email": _("Enter your e-mail address"),
        "password1": _("Enter a password"),
        "password2": _("Enter the same password again"),
    }

    def try_save(self, request: HttpRequest) -> Any:
        """Make the account. An address that is taken on another surface is answered as one that is taken here.

        Row security hides that account, so only the unique address tells: an error page would say to anybody
        who signs up with it that its owner works behind one of the other doors.
        """
        try:
            with transaction.atomic():
                return super().try_save(request)
        except IntegrityError:
            self.account_already_exists = True
            return super().try_save(request)


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


class ResetPasswordKeyForm(PlainWords, account.ResetPasswordKeyForm):
    """The new password, reached by that link."""

    labels = {"password1": NEW, "password2": AGAIN}
    missing = {"password1": _("Enter a new password"), "password2": _("Enter the same password again")}


class ChangePasswordForm(PlainWords, account.ChangePasswordForm):
    """The old and the new password."""

    labels = {"oldpassword": _("The password you have now"), "password1": NEW, "password2": AGAIN}
    hints = {"oldpassword": ""}
    missing = {
        "oldpassword": _("Enter the password you have now"),
        "password1": _("Enter a new password"),
        "password2": _("Enter the same password again"),
    }


class AddEmailForm(PlainWords, account.AddEmailForm):
    """One more e-mail address of the account."""

    labels = {"email": EMAIL}


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
    """The first code of a new app."""


class AddKeyForm(PlainWords, webauthn.AddWebAuthnForm):
    """A passkey or security key and its name."""

    labels = {"name": _("Name of the key"), "passwordless": _("Use it to sign in without a password")}
    hints = {"passwordless": _("The key then asks for your fingerprint, face or PIN.")}
    mark_optional = False


class RenameKeyForm(PlainWords, webauthn.EditWebAuthnForm):
    """Another name for a key."""

    labels = {"name": _("Name of the key")}
