"""Employers: registration, and who may file for them."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from guardian.shortcuts import assign_perm, remove_perm

from permits import powers
from permits.models import ApiToken, Employer
from permits.queries import FILE_FOR
from wpis.accounts.models import User
from wpis.accounts.powers import authorize
from wpis.accounts.roles import Role
from wpis.audit import trail
from wpis.errors import Refused

LEAD = "permits.lead_employer"


def register(*, by: User, at: datetime, **fields: Any) -> Employer:
    """Register a company; `by` may file for it and lead it. Raises Refused when the tax number is taken."""
    authorize(by, powers.REGISTER_EMPLOYER)
    try:
        with transaction.atomic():
            employer = Employer.objects.create(created_at=at, **fields)
    except IntegrityError as error:
        raise Refused(
            _(
                "This tax number is already registered. Ask the person who registered the company to name you "
                "as a delegate, or write to the help desk."
            ),
            field="tax_number",
        ) from error
    assign_perm(FILE_FOR, by, employer)
    assign_perm(LEAD, by, employer)
    trail.record("permits.employer.register", by=by, subject=employer)
    return employer


def name_delegate(employer: Employer, delegate: User, *, by: User, at: datetime) -> None:
    """Let `delegate` file for the employer. Raises PermissionDenied unless `by` leads it, Refused for another role."""
    _lead(employer, by)
    if delegate.role not in (Role.DELEGATE, Role.EMPLOYER) or not delegate.is_active:
        raise Refused(_("This account cannot file applications."), field="email")
    assign_perm(FILE_FOR, delegate, employer)
    trail.record("permits.employer.name_delegate", by=by, subject=employer, delegate=str(delegate.pk))


@transaction.atomic
def dismiss_delegate(employer: Employer, delegate: User, *, by: User, at: datetime) -> None:
    """Take the right to file back, at once, and end this person's tokens for the employer.

    Raises PermissionDenied unless `by` leads the employer.
    """
    _lead(employer, by)
    if delegate == by:
        raise Refused(_("You cannot dismiss yourself."))
    remove_perm(FILE_FOR, delegate, employer)
    # Named again some day, the person makes new tokens: the old ones may lie in a program of somebody else.
    ApiToken.objects.filter(user=delegate, employer=employer, revoked_at=None).update(revoked_at=at)
    trail.record("permits.employer.dismiss_delegate", by=by, subject=employer, delegate=str(delegate.pk))


def _lead(employer: Employer, by: User) -> None:
    authorize(by, powers.NAME_DELEGATES)
    if not by.has_perm(LEAD, employer):
        raise PermissionDenied(powers.NAME_DELEGATES.name)
