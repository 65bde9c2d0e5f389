"""Looks up the objects that a caseworker's address names; 404 for everything else."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect

from referral.access.cases import ReasonNeeded, read_case
from referral.agencies.directory import Agency, Purpose, find_agency
from referral.models import Case
from wpis import clock
from wpis.accounts.requests import SignedInRequest

View = Callable[..., HttpResponseBase]


def need_to_know(view: View) -> View:
    """Ask a caseworker outside the team of the case for a reason instead of calling the view."""

    @wraps(view)
    def asked(request: SignedInRequest, case: UUID, **address: Any) -> HttpResponseBase:
        try:
            return view(request, case, **address)
        except ReasonNeeded:
            return redirect("referral:outside", case=case)

    return asked


def case_or_404(request: SignedInRequest, case: UUID, part: str) -> Case:
    """The case, with an audit event that this part of it was read; what `request.user` may not open is absent.

    Raises ReasonNeeded, which `need_to_know` answers.
    """
    found = read_case(case, part, by=request.user, at=clock.now())
    if found is None:
        raise Http404
    return found


def agency_and_purpose(agency: str, purpose: str) -> tuple[Agency, Purpose]:
    """An agency and one of its purposes, out of the directory."""
    found = find_agency(agency)
    if found is None or purpose not in found.purposes:
        raise Http404
    return found, found.purposes[purpose]
