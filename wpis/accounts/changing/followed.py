"""What follows a change of how somebody signs in: an audit row, letters to old addresses, the end of other sessions.

The receivers of allauth's signals, which are sent once a change is made; which letters allauth sends by itself is
said at each. No address and no name goes into the trail.
"""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest

from wpis.accounts.browser import responses
from wpis.accounts.changing.ending_sessions import end_other_sessions
from wpis.accounts.changing.notices import tell
from wpis.accounts.failures.recording import code_failed
from wpis.accounts.lockout import forget_tries
from wpis.accounts.models import User
from wpis.audit import trail


def signed_out(request: HttpRequest | None, user: User | None, **_: Any) -> None:
    """A session ended: the person signed out, or a rule ended it.

    Not that of another surface's account, which is none here: the surface records for its own people alone.
    """
    responses.note_sign_out(request)
    if user is not None and settings.WPIS_SURFACE in (user.surface, "owner"):
        trail.record("accounts.session.close", by=user, subject=user)


def password_changed(request: HttpRequest, user: User, **_: Any) -> None:
    """From within a session. All sessions have ended with the old password; allauth writes to the main address."""
    trail.record("accounts.password.change", by=user, subject=user)


def password_reset(request: HttpRequest, user: User, **_: Any) -> None:
    """By a link. Likewise; and who had forgotten the password need not wait because of it."""
    forget_tries(request, user.email)
    trail.record("accounts.password.reset", by=user, subject=user)


def email_added(request: HttpRequest, user: User, email_address: EmailAddress, **_: Any) -> None:
    """One more address can be used to sign in. allauth writes to nobody."""
    trail.record("accounts.email.add", by=user, subject=user)
    tell(user, "account/notices/email_added", but=email_address.email)


def email_confirmed(request: HttpRequest, email_address: EmailAddress, **_: Any) -> None:
    """Somebody who reads the mail of this address entered its code."""
    trail.record("accounts.email.confirm", by=email_address.user, subject=email_address.user)


def main_email_changed(
    request: HttpRequest, user: User, from_email_address: EmailAddress | None, **_: Any
) -> None:
    """Letters go to another address from now on. allauth writes to the old one."""
    trail.record("accounts.email.make_primary", by=user, subject=user)
    end_other_sessions(request, user)


def email_removed(request: HttpRequest, user: User, email_address: EmailAddress, **_: Any) -> None:
    """allauth writes to the main address; the one that was removed hears of it too, if it was ever confirmed."""
    trail.record("accounts.email.remove", by=user, subject=user)
    if email_address.verified:
        get_adapter().send_notification_mail("account/email/email_deleted", user, email=email_address.email)
    end_other_sessions(request, user)


def factor_stored(instance: Authenticator, *, created: bool, raw: bool, **_: Any) -> None:
    """A factor or recovery codes, recorded as they are stored: allauth tells of some of them only after the commit.

    The database demands the event in the same transaction of whoever is not its owner.
    """
    if not created or raw or settings.WPIS_SURFACE == "owner":
        return
    trail.record("accounts.factor.add", by=instance.user, subject=instance.user, factor=instance.type)


def factor_added(request: HttpRequest, user: User, authenticator: Authenticator, **_: Any) -> None:
    """A code app, a key, or recovery codes. allauth writes to the main address."""
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:  # made along with another
        end_other_sessions(request, user)


def factor_removed(request: HttpRequest, user: User, authenticator: Authenticator, **_: Any) -> None:
    """allauth writes to the main address."""
    trail.record("accounts.factor.remove", by=user, subject=user, factor=authenticator.type)
    end_other_sessions(request, user)


def recovery_codes_made(request: HttpRequest, user: User, **_: Any) -> None:
    """New recovery codes stand for the old ones. allauth writes to the main address."""
    trail.record("accounts.recovery_codes.make", by=user, subject=user)
    end_other_sessions(request, user)


def proved_again(request: HttpRequest, reauthenticated: bool = False, **_: Any) -> None:
    """A session that may do more from now on gets a new key."""
    if reauthenticated:
        request.session.cycle_key()


def connect() -> None:
    """Follow the changes that allauth makes; called once, when the apps are loaded."""
    from allauth.account import signals as account
    from allauth.mfa import signals as mfa
    from django.contrib.auth.signals import user_logged_out
    from django.db.models.signals import post_save

    user_logged_out.connect(signed_out)
    account.authentication_step_completed.connect(proved_again)
    account.password_changed.connect(password_changed)
    account.password_set.connect(password_changed)
    account.password_reset.connect(password_reset)
    account.email_added.connect(email_added)
    account.email_confirmed.connect(email_confirmed)
    account.email_changed.connect(main_email_changed)
    account.email_removed.connect(email_removed)
    post_save.connect(factor_stored, sender=Authenticator)
    mfa.authenticator_added.connect(factor_added)
    mfa.authenticator_removed.connect(factor_removed)
    mfa.authenticator_reset.connect(recovery_codes_made)
    mfa.authentication_failed.connect(code_failed)
