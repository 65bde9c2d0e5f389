"""The accounts that play in a synthetic country; in a demo they can sign in, elsewhere nobody can."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction

from wpis.accounts.models import User
from wpis.accounts.roles import SURFACE_OF, Role, Surface

PASSWORD = "Ararat-demo-5165"  # noqa: S105  printed by `manage.py demo_accounts --list`; the demo's, never another's
SECOND_FACTOR = (Surface.OFFICE, Surface.PROTECTION)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Somebody who plays a part. `agency` is the slug of a partner's agency."""

    email: str
    name: str
    role: Role
    agency: str = ""

    @property
    def surface(self) -> str:
        """Where this account signs in."""
        return SURFACE_OF[self.role]


class Actors:
    """The accounts of all apps, by address and by role."""

    def __init__(self, users: Iterable[User]) -> None:
        self.users = {user.email: user for user in users}

    def __getitem__(self, email: str) -> User:
        return self.users[email]

    def of(self, role: Role) -> list[User]:
        """Everybody with that role, in the order of the apps' lists."""
        return [user for user in self.users.values() if user.role == role]


@transaction.atomic
def make(accounts: Iterable[Account], *, can_sign_in: bool) -> Actors:
    """The accounts, made where they are missing; existing ones keep what they have.

    With `can_sign_in` they get the demo's password, a verified address and, for office and protection, one-time
    codes (`manage.py code`). Raises PermissionError for that anywhere but in a demo. Without it they have a password
    that nobody knows: the product sends nothing to an account whose invitation nobody has followed.
    """
    if can_sign_in and not settings.WPIS_DEMO:
        raise PermissionError("Accounts with a well-known password exist in the demo only (WPIS_DEMO=1)")
    # Hashed once: it is the same for all.
    password = make_password(PASSWORD if can_sign_in else secrets.token_urlsafe(32))
    users = []
    for account in accounts:
        user = User.objects.filter(email=account.email).first()
        if user is None:
            user = User.objects.create_user(
                account.email, None, name=account.name, role=account.role, agency=account.agency
            )
        let_in = EmailAddress.objects.filter(user=user).exists()
        if not user.has_usable_password() or (can_sign_in and not let_in):
            user.password = password
            user.save(update_fields=["password"])
        if can_sign_in:
            _let_in(user)
        users.append(user)
    return Actors(users)


def _let_in(user: User) -> None:
    EmailAddress.objects.get_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )
    if user.surface in SECOND_FACTOR and not Authenticator.objects.filter(user=user, type="totp").exists():
        TOTP.activate(user, generate_totp_secret())
