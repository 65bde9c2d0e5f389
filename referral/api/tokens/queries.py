"""The tokens of an agency, and those that work now: a token opens nothing that its maker may not read."""

from datetime import datetime

from django.db.models import Exists, F, OuterRef, QuerySet

from referral import powers
from referral.models import ApiToken
from wpis.accounts.factors import factors_of
from wpis.accounts.models import User
from wpis.api.lifetime import with_validity, works


def tokens_of(user: User, at: datetime) -> QuerySet[ApiToken]:
    """The tokens of this person's agency that are not revoked, newest first, each with `works` and `ends_soon`."""
    if not user.agency:
        return ApiToken.objects.none()
    found = with_validity(ApiToken.objects.filter(agency=user.agency), at).select_related("user")
    return found.annotate(works=Exists(working(at).filter(pk=OuterRef("pk"))))


def working(at: datetime) -> QuerySet[ApiToken]:
    """The tokens that open the interface now.

    Beside what every token needs: the maker holds the power, works for the same agency, and still has a second factor
    that they had when the token was made: whoever loses the last one has to make new tokens too.
    """
    held_since = factors_of(OuterRef("user")).filter(created_at__lte=OuterRef("created_at"))
    return ApiToken.objects.select_related("user").filter(
        works(at), Exists(held_since), agency=F("user__agency"), user__role__in=powers.RECEIVE.roles
    )
