"""Finding what an address names; absent and not yours are the same 404."""

from uuid import UUID

from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404

from referral.agencies.directory import Agency, Purpose
from referral.agencies.directory import agency as body
from referral.models import Case, Referral
from referral.queries import items_for
from wpis.accounts.requests import SignedInRequest
from wpis.audit import trail


def case_read(request: SignedInRequest, case: UUID, part: str) -> Case:
    """The case, and an audit row that this part of it was read."""
    found = get_object_or_404(Case.objects.select_related("caseworker"), pk=case)
    trail.record("referral.case.read", by=request.user, subject=found, part=part)
    return found


def purpose_of(agency: str, purpose: str) -> tuple[Agency, Purpose]:
    """A body and one of its purposes, out of the directory."""
    found = body(agency)
    if found is None or purpose not in found.purposes:
        raise Http404
    return found, found.purposes[purpose]


def item_of_partner(request: SignedInRequest, item: UUID) -> Referral:
    """An item of one's own organisation, whoever else exists."""
    return get_object_or_404(items_for(request.user).select_related("case"), pk=item)


def typed(request: SignedInRequest) -> QueryDict | None:
    """What was typed into the page's form; None when the page was only opened."""
    return request.POST if request.method == "POST" else None
