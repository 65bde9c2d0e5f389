"""Invitations to file for a company: for how long, how often, and for whom they can be accepted."""

from datetime import datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import QuerySet
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from permits.models import DelegateInvitation
from permits.states import InvitationState
from wpis.accounts.models import User
from wpis.errors import Refused
from wpis.rate_limits.limiter import RateLimit, check_rate_limit

DAYS = 14
"""How long an invitation can be accepted."""

LETTERS = 3
"""The letters of one invitation, the first among them."""

OF_ACCOUNT = RateLimit("invitations of an account", 20, timedelta(days=1))
TO_ADDRESS = RateLimit("invitations of an account to an address", 3, timedelta(days=1))
"""Counted for the one who invites: nobody uses up what another one may send to an address."""


def count_letter(email: str, *, by: User, at: datetime) -> None:
    """Count a letter to an address that somebody typed. Raises Refused when it is one too many."""
    for limit, caller in ((OF_ACCOUNT, str(by.pk)), (TO_ADDRESS, f"{by.pk} {email}")):
        if check_rate_limit(limit, caller, at=at) is not None:
            raise Refused(_("You have sent many invitations today. Try again tomorrow."), field="email")


def confirmed_addresses(user: Any) -> QuerySet[Any]:
    """The addresses of an account of which it has shown that it reads their mail, in lower case."""
    return EmailAddress.objects.filter(user=user, verified=True).values_list(Lower("email"), flat=True)  # type: ignore[no-any-return]  # allauth is untyped


def open_invitations(user: Any, at: datetime) -> QuerySet[DelegateInvitation]:
    """The invitations that this account can accept now, the newest first."""
    return DelegateInvitation.objects.filter(
        state=InvitationState.INVITED, ends_at__gt=at, email__in=confirmed_addresses(user)
    ).select_related("employer", "invited_by")


def to_own_address(invitation: DelegateInvitation, by: User | None) -> list[str]:
    """Only who has confirmed the address that was invited answers for it."""
    if invitation.email in set(confirmed_addresses(by)):
        return []
    return [_("This invitation was sent to another address.")]


def not_sent_too_often(invitation: DelegateInvitation, by: User | None) -> list[str]:
    """A letter can be lost; the third one is not."""
    if invitation.changes.filter(step="resend").count() < LETTERS - 1:
        return []
    return [_("This invitation has been sent three times. Withdraw it if the address is wrong.")]
