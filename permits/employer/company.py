"""Who may file for a company, and which programs."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from guardian.shortcuts import get_users_with_perms

from permits.models import ApiToken, Employer
from permits.queries import FILE_FOR
from wpis.accounts.models import User
from wpis.accounts.roles import Role
from wpis.api.lifetime import with_validity
from wpis.errors import Refused


def people_of(employer: Employer) -> QuerySet[User]:
    """The accounts that may file for the company, by name."""
    codename = FILE_FOR.partition(".")[2]
    found: Any = get_users_with_perms(employer, only_with_perms_in=[codename], with_group_users=False)
    return found.order_by("name", "email")  # type: ignore[no-any-return]  # guardian is untyped


def tokens_of(employer: Employer, at: datetime) -> QuerySet[ApiToken]:
    """The tokens that nobody has revoked, newest first, each with `works` and `ends_soon`."""
    found = with_validity(ApiToken.objects.filter(employer=employer), at)
    return found.select_related("user", "employer")


def with_account(email: str) -> User:
    """The account with this address. Raises Refused with the same words for absent and unsuitable ones."""
    account = User.objects.filter(
        email=email.lower(), role__in=[Role.EMPLOYER, Role.DELEGATE], is_active=True
    ).first()
    if account is None:
        raise Refused(
            _("No account with this address can file. Ask the person to register first."), field="email"
        )
    return account
