"""Looks up objects of the signed-in person; 404 for everything else."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from permits.models import Application, Employer
from permits.queries import applications_for, employers_of, leads
from wpis.accounts.requests import SignedInRequest


def own_applications(request: SignedInRequest) -> QuerySet[Application]:
    """The applications this person may see."""
    return applications_for(request.user)


def own_application(request: SignedInRequest, pk: UUID) -> Application:
    """One of them. Raises Http404 for what is absent and for what is somebody else's."""
    return get_object_or_404(own_applications(request), pk=pk)


def own_employer(request: SignedInRequest, pk: UUID) -> Employer:
    """A company this person may file for. Raises Http404 for every other."""
    return get_object_or_404(employers_of(request.user), pk=pk)


def led_employer(request: SignedInRequest, pk: UUID) -> Employer:
    """A company that this person leads. Raises Http404 for every other."""
    employer = own_employer(request, pk)
    if not leads(request.user, employer):
        raise Http404
    return employer
