"""Looks up the objects that a caseworker's address names; 404 for everything else."""

from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404

from referral.agencies.directory import Agency, Purpose, find_agency
from referral.models import Case
from wpis.accounts.requests import SignedInRequest
from wpis.audit import trail


def read_case(request: SignedInRequest, case: UUID, part: str) -> Case:
    """The case, with an audit event that this part of it was read."""
    found = get_object_or_404(Case.objects.select_related("caseworker"), pk=case)
    trail.record("referral.case.read", by=request.user, subject=found, part=part)
    return found


def agency_and_purpose(agency: str, purpose: str) -> tuple[Agency, Purpose]:
    """An agency and one of its purposes, out of the directory."""
    found = find_agency(agency)
    if found is None or purpose not in found.purposes:
        raise Http404
    return found, found.purposes[purpose]
