"""Looks up objects of the signed-in person; 404 for everything else."""

from functools import partial
from typing import NoReturn
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from permits.drafts.deleted import deleted_drafts_for
from permits.drafts.started import started_application
from permits.models import Application, Employer
from permits.queries import applications_for, employers_of, leads
from wpis import clock
from wpis.accounts.requests import SignedInRequest
from wpis.languages.reader import reader_language


class DraftDeleted(Http404):
    """Absent for everybody else; whoever may bring the draft back is offered that (`offers_undo`)."""

    def __init__(self, application: Application) -> None:
        super().__init__()
        self.application = application


def own_applications(request: SignedInRequest) -> QuerySet[Application]:
    """The applications this person may see."""
    return applications_for(request.user)


def own_application(request: SignedInRequest, pk: UUID) -> Application:
    """One of them. Raises Http404 for what is absent and for what is somebody else's."""
    return own_applications(request).filter(pk=pk).first() or _absent(request, pk)


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
    return found or _absent(request, pk)


def own_deleted(request: SignedInRequest, pk: UUID) -> Application:
    """A deleted draft that this person can bring back, with `deleted_at`. Raises Http404 for every other."""
    return get_object_or_404(deleted_drafts_for(request.user, at=clock.now()), pk=pk)


def own_employer(request: SignedInRequest, pk: UUID) -> Employer:
    """A company this person may file for. Raises Http404 for every other."""
    return get_object_or_404(employers_of(request.user), pk=pk)


def led_employer(request: SignedInRequest, pk: UUID) -> Employer:
    """A company that this person leads. Raises Http404 for every other."""
    employer = own_employer(request, pk)
    if not leads(request.user, employer):
        raise Http404
    return employer


def _absent(request: SignedInRequest, pk: UUID) -> NoReturn:
    deleted = deleted_drafts_for(request.user, at=clock.now()).filter(pk=pk).first()
    raise DraftDeleted(deleted) if deleted else Http404
