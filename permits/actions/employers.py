"""Employers: an account registers the company that it claims to act for."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from guardian.shortcuts import assign_perm

from permits import powers
from permits.models import Employer
from permits.queries import FILE_FOR, LEAD, employers_of
from wpis.accounts.models import User
from wpis.accounts.powers import authorize
from wpis.audit import trail
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
