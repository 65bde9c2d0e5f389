"""Finds the accounts of an e-mail address with the same statements for every address.

allauth leaves its second question out when the first has found a confirmed address, so an address that is known
costs less. It has no setting for the look-up: `use_lookup` puts ours in the place of its function.
"""

from allauth.account import auth_backends, forms
from allauth.account.internal import userkit
from allauth.account.models import EmailAddress

from wpis.accounts.models import User


def accounts_of(
    email: str, *, is_active: bool | None = None, prefer_verified: bool = False, for_login: bool = False
) -> list[User]:
    """The accounts with this address; with `prefer_verified` those that have confirmed it, if there are any."""
    email = email.lower()
    addresses = list(EmailAddress.objects.filter(email=email).select_related("user"))
    named = list(User.objects.filter(email=email))
    confirmed = [address.user for address in addresses if address.verified]
    found = confirmed if prefer_verified and confirmed else [*(address.user for address in addresses), *named]
    return [user for user in dict.fromkeys(found) if is_active is None or user.is_active == is_active]


def use_lookup() -> None:
    """Let allauth look accounts up with this function; called once, when the apps are loaded."""
    for module in (userkit, auth_backends, forms):
        module.filter_users_by_email = accounts_of
