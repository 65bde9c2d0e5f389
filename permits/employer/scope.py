"""Looks up objects of the signed-in person; 404 for everything else."""

from functools import partial
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from permits.drafts.started import started_application
from permits.models import Application, Employer
from permits.queries import applications_for, employers_of, leads
from wpis import clock
from wpis.accounts.requests import SignedInRequest
from wpis.languages.reader import reader_language


def own_applications(request: SignedInRequest) -> QuerySet[Application]:
    """The applications this person may see."""
    return applications_for(request.user)


def own_application(request: SignedInRequest, pk: UUID) -> Application:
    """One of them. Raises Http404 for what is absent and for what is somebody else's."""
    return get_object_or_404(own_applications(request), pk=pk)


def own_or_started(request: SignedInRequest, pk: UUID) -> Application:
    """The same, or an application that this person has started and of which nothing is saved yet."""
    saved = own_applications(request).filter(pk=pk)
    started = partial(
        started_application,
        pk,
        employers_of(request.user),
        by=request.user,
        at=clock.now(),
        language=reader_language(),
    )
    found = saved.first() or started() or saved.first()  # the last: another page may save it at this moment
    if found is None:
        raise Http404
    return found


def own_employer(request: SignedInRequest, pk: UUID) -> Employer:
    """A company this person may file for. Raises Http404 for every other."""
    return get_object_or_404(employers_of(request.user), pk=pk)


def led_employer(request: SignedInRequest, pk: UUID) -> Employer:
    """A company that this person leads. Raises Http404 for every other."""
    employer = own_employer(request, pk)
    if not leads(request.user, employer):
        raise Http404
    return employer
