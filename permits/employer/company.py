"""Who is invited to file for a company, and which programs file for it."""

from datetime import datetime

from django.db.models import QuerySet

from permits.models import ApiToken, DelegateInvitation, Employer
from permits.states import InvitationState
from wpis.api.lifetime import with_validity

LATELY = 10
"""How many invitations are listed that are over."""


def tokens_of(employer: Employer, at: datetime) -> QuerySet[ApiToken]:
    """The tokens that nobody has revoked, newest first, each with `works` and `ends_soon`."""
    found = with_validity(ApiToken.objects.filter(employer=employer), at)
    return found.select_related("user", "employer")


def invitations_of(employer: Employer, at: datetime) -> list[tuple[DelegateInvitation, bool]]:
    """The invitations of a company, each with whether it is open: those first, then the latest that are over."""
    rows = employer.invitations.order_by("-invited_at", "pk")
    waiting = list(rows.filter(state=InvitationState.INVITED, ends_at__gt=at))
    over = rows.exclude(pk__in=[row.pk for row in waiting])[:LATELY]
    return [*((row, True) for row in waiting), *((row, False) for row in over)]
