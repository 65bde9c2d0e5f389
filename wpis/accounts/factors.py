"""Second factors, which everybody needs to work on office and protection."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import QuerySet

from wpis.accounts.roles import Surface


def factors_of(user: Any) -> QuerySet[Authenticator]:
    """The passkeys and one-time codes of an account; `user` may be an OuterRef. Recovery codes are no factor.

    Where the operator wants passkeys only (`WPIS_PASSKEY_ONLY`), one-time codes are none either.
    """
    found: QuerySet[Authenticator] = Authenticator.objects.filter(user=user, type__in=factor_types())
    return found


def factor_types() -> list[str]:
    """What counts as a second factor on this surface."""
    key = Authenticator.Type.WEBAUTHN
    return [key] if settings.WPIS_PASSKEY_ONLY else [key, Authenticator.Type.TOTP]


def may_remove(factor: Authenticator) -> bool:
    """Whether the account keeps a factor without this one. Staff need one; on the portal it is a choice of the owner.

    The account is locked until the transaction ends, so that two removals at the same moment do not both count on
    the other's factor.
    """
    owner = get_user_model().objects.select_for_update(no_key=True).get(pk=factor.user_id)
    return owner.surface == Surface.PORTAL or factors_of(owner).exclude(pk=factor.pk).exists()
