"""Accounts of staff in each state, and requests about them."""

import itertools
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.utils import timezone

from tests.factories.permits import a_user
from wpis.accounts.models import StaffRequest, User
from wpis.accounts.roles import ADMINISTRATOR_OF, Role, Surface
from wpis.accounts.staff import Reason
from wpis.staff import requests
from wpis.staff.rules import access_of

_numbers = itertools.count(1)


def an_administrator(surface: str = Surface.OFFICE) -> User:
    """Somebody who manages the accounts of a surface."""
    return a_user(ADMINISTRATOR_OF[surface])


def a_colleague(role: Role = Role.OFFICER, *, factor: bool = True, **fields: Any) -> User:
    """Somebody who works, with a confirmed address and, unless said otherwise, one-time codes."""
    user = a_user(role, **fields)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    if factor:
        TOTP.activate(user, generate_totp_secret())
    return user


def invite(role: Role, *, by: User, **fields: Any) -> tuple[StaffRequest, str]:
    """Ask for a new account in this role; the request, and the code if it was made at once."""
    number = next(_numbers)
    asked: dict[str, Any] = {"agency": "ngo-shelter" if role == Role.PARTNER else "", "reason": Reason.STARTS}
    email = fields.pop("email", f"new{number}@example.am")
    return requests.invite(email, f"New Person {number}", role, **asked | fields, by=by, at=timezone.now())


def a_request(role: Role, *, by: User, **fields: Any) -> StaffRequest:
    """A request for a new account that waits for a second person."""
    return invite(role, by=by, **fields)[0]


def ask_change(account: User, role: Role, *, by: User) -> StaffRequest:
    """Ask for another role, having read what the account is for now."""
    access = access_of(account)
    return requests.change(
        account, role, reason=Reason.MOVES, expected_access=access, by=by, at=timezone.now()
    )
