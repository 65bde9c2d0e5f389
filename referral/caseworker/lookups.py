"""Looks up the objects that a caseworker's address names; 404 for everything else."""

from uuid import UUID

from django.http import Http404

from referral.access.cases import read_case
from referral.agencies.directory import Agency, Purpose, find_agency
from referral.models import Case
from wpis.accounts.requests import SignedInRequest


def case_or_404(request: SignedInRequest, case: UUID, part: str) -> Case:
    """The case, with an audit event that this part of it was read; what `request.user` may not open is absent."""
    found = read_case(case, part, by=request.user)
    if found is None:
        raise Http404
    return found


def agency_and_purpose(agency: str, purpose: str) -> tuple[Agency, Purpose]:
    """An agency and one of its purposes, out of the directory."""
    found = find_agency(agency)
    if found is None or purpose not in found.purposes:
        raise Http404
    return found, found.purposes[purpose]
