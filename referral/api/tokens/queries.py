"""The tokens of an agency, and those that work now: a token opens nothing that its maker may not read."""

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from referral import powers
from referral.models import ApiToken
from wpis import clock
from wpis.accounts.factors import factors_of
from wpis.accounts.models import User


def tokens_of(user: User) -> QuerySet[ApiToken]:
    """The tokens of this person's agency that are not revoked, newest first, each with `works`."""
    if not user.agency:
        return ApiToken.objects.none()
    found = _not_revoked().filter(agency=user.agency)
    return found.annotate(works=Exists(working().filter(pk=OuterRef("pk")))).order_by("-created_at", "pk")


def working() -> QuerySet[ApiToken]:
    """The tokens that open the interface now.

    The maker's account is open, holds the power, works for the same agency, and still has a second factor that it
    had when the token was made: whoever loses the last one has to make new tokens too.
    """
    held_since = factors_of(OuterRef("user")).filter(created_at__lte=OuterRef("created_at"))
    return _not_revoked().filter(
        Exists(held_since),
        Q(user__ends_on=None) | Q(user__ends_on__gte=clock.today()),
        agency=F("user__agency"),
        user__is_active=True,
        user__role__in=powers.RECEIVE.roles,
    )


def _not_revoked() -> QuerySet[ApiToken]:
    return ApiToken.objects.filter(revoked_at=None).select_related("user")
