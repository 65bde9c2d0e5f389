"""The address under which administrators know an account: where it is somebody else's already, the one they entered.

Inviting an address that has an account must not tell so. The account that is made then looks like any that nobody has
accepted yet; it has a placeholder for an address, so no password is ever set, and a letter tells the holder.
"""

import uuid
from typing import TYPE_CHECKING, TypedDict

from django.db.models import Case, F, OuterRef, QuerySet, Subquery, When
from django.utils.translation import gettext as _

from wpis.accounts.models import User
from wpis.accounts.staff import Kind, StaffRequest
from wpis.errors import Refused

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class _Address(TypedDict):
        address: str

    Known = WithAnnotations[User, _Address]
    """An account, with the address under which administrators know it."""

_ENDING = "@taken.invalid"
"""No letter goes there, and nobody signs up with it: `.invalid` is nobody's (RFC 2606)."""


def placeholder() -> str:
    """An address for an account whose own is somebody else's."""
    return f"{uuid.uuid4().hex}{_ENDING}"


def is_placeholder(account: User) -> bool:
    """Whether the address that was asked for is somebody else's."""
    return account.email.endswith(_ENDING)


def with_addresses(accounts: QuerySet[User]) -> "QuerySet[Known]":
    """These accounts, each with the `address` under which administrators know it; the same query for all."""
    invited = StaffRequest.objects.filter(kind=Kind.INVITE, account=OuterRef("pk")).values("email")[:1]
    return accounts.annotate(
        address=Case(When(email__endswith=_ENDING, then=Subquery(invited)), default=F("email"))
    )


def address_of(account: User) -> str:
    """The address under which administrators know this account."""
    found: str = with_addresses(User.objects.filter(pk=account.pk)).values_list("address", flat=True).get()
    return found


def require_new(email: str, surface: str) -> None:
    """Raise Refused, at the field, for an address that stands in the list of this surface already."""
    if with_addresses(User.objects.filter(surface=surface)).filter(address=email).exists():
        raise Refused(
            _("There is an account with this address here already. Look it up under Accounts."), field="email"
        )
