"""How long a token for a program works: until its date (`WPIS_TOKEN_DAYS`), its maker's next password, or revoked.

An interface asks more of the maker: role, company, agency, second factor.
"""

from datetime import datetime, timedelta
from typing import TypeVar

from django.conf import settings
from django.db.models import BooleanField, ExpressionWrapper, F, Model, Q, QuerySet
from django.utils import timezone

WARNED_BEFORE = timedelta(days=30)
AnyToken = TypeVar("AnyToken", bound=Model)


def end_of_token(made_at: datetime) -> datetime:
    """The moment at which a token that is made now stops working."""
    return made_at + timedelta(days=settings.WPIS_TOKEN_DAYS)


def works(at: datetime) -> Q:
    """Neither revoked nor past its end, of an open account, and made under the password that the account has now."""
    same_password = Q(user__tokens_from=None) | Q(created_at__gte=F("user__tokens_from"))
    employed = Q(user__ends_on=None) | Q(user__ends_on__gte=timezone.localdate(at))
    return Q(revoked_at=None, ends_at__gt=at, user__is_active=True) & same_password & employed


def with_validity(tokens: QuerySet[AnyToken], at: datetime) -> QuerySet[AnyToken]:
    """Those that nobody has revoked, newest first, each with `works` and `ends_soon`."""
    soon = Q(ends_at__lte=at + WARNED_BEFORE)
    found: QuerySet[AnyToken] = (
        tokens.filter(revoked_at=None)
        .annotate(works=ExpressionWrapper(works(at), output_field=BooleanField()))
        .annotate(ends_soon=ExpressionWrapper(soon, output_field=BooleanField()))
        .order_by("-created_at", "pk")
    )
    return found
