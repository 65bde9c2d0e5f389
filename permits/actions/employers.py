"""Employers: an account registers the company that it claims to act for, and keeps its details up to date."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from guardian.shortcuts import assign_perm

from permits import powers
from permits.actions.applications import Saved
from permits.companies.changes import what_changed
from permits.companies.workflow import COMPANY
from permits.models import Employer
from permits.queries import FILE_FOR, LEAD, employers_of, leads
from permits.states import CONTACT, REGISTERED
from wpis.accounts.models import User
from wpis.accounts.powers import authorize
from wpis.audit import trail
from wpis.editing.as_read import overtaken
from wpis.errors import Refused


@transaction.atomic
def register(*, by: User, at: datetime, **fields: Any) -> Employer:
    """Claim a company; `by` may file for it and lead it, and an officer verifies it before its first decision.

    Nobody is told whether somebody else claims the same tax number, or is verified under it: nothing is looked up but
    the companies of this account. Raises Refused for one that stands on the account's own page already.
    """
    authorize(by, powers.REGISTER_EMPLOYER)
    if employers_of(by).filter(tax_number=fields["tax_number"]).exists():
        raise Refused(_("This company is on your page already."), field="tax_number")
    employer = Employer.objects.create(created_at=at, created_by=by, **fields)
    assign_perm(FILE_FOR, by, employer)
    assign_perm(LEAD, by, employer)
    trail.record("permits.employer.register", by=by, subject=employer)
    return employer


@transaction.atomic
def change(
    company: Employer,
    values: Mapping[str, Any],
    *,
    as_read: Mapping[str, str] | None = None,
    by: User,
    at: datetime,
) -> Saved:
    """Change details of a company, but never its tax number; a verified one with another name is verified again.

    What was filed stays as it was filed. With `as_read`, what somebody else changed too is left alone and named, as
    in `save_part`. Raises PermissionDenied unless `by` leads the company, and Refused when it changes too often.
    """
    if not leads(by, company):
        raise PermissionDenied(LEAD)
    current = Employer.objects.select_for_update(no_key=True).get(pk=company.pk)
    theirs, conflicts = overtaken(current, values, as_read or {})
    changed = {
        name: values[name]
        for name in (*CONTACT, *REGISTERED)
        if name in values and name not in {*theirs, *conflicts} and getattr(current, name) != values[name]
    }
    if changed:
        step = "correct"
        if current.is_verified:
            step = "rename" if changed.keys() & set(REGISTERED) else "update"
        reason = what_changed(current, changed)
        COMPANY.perform_locked(current, step, by=by, at=at, reason=reason, **changed)
    return Saved(theirs, conflicts)
