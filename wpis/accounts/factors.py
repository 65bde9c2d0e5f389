"""Second factors, which everybody needs to work on office and protection."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.db.models import QuerySet


def factors_of(user: Any) -> QuerySet[Authenticator]:
    """The passkeys and one-time codes of an account; `user` may be an OuterRef. Recovery codes are no factor."""
    found: QuerySet[Authenticator] = Authenticator.objects.filter(user=user)
    return found.exclude(type=Authenticator.Type.RECOVERY_CODES)
