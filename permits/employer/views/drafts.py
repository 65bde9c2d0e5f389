"""Deleting a draft that is not wanted, and bringing it back within the day."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from permits import powers
from permits.actions import drafts
from permits.drafts.deleted import UNDO
from permits.employer.rendering import show
from permits.employer.scope import DraftDeleted, own_application, own_applications, own_deleted
from permits.models import Application
from permits.states import State
from permits.submissions.draft import content_id
from wpis import clock
from wpis.accounts.browser.expired_form import typed_in
from wpis.accounts.powers import requires
from wpis.accounts.requests import SignedInRequest
from wpis.audit.reading import reads
from wpis.errors import Refused
from wpis.ui.expected import as_read, expected_id

RESTORE = "restore"
"""The name of the button that brings the draft back and saves what was sent to it meanwhile."""


def offers_undo(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page of a draft that somebody has deleted says so, keeps what was typed, and offers to bring it back."""

    @wraps(view)
    def answer(request: SignedInRequest, pk: UUID, **more: Any) -> HttpResponse:
        try:
            return view(request, pk, **more)
        except DraftDeleted as deleted:
            if request.method != "POST":
                return redirect("employer:restore_draft", pk)
            if RESTORE not in request.POST:
                return _deleted_page(request, deleted.application, status=409)
            try:
                drafts.restore(deleted.application, by=request.user, at=clock.now())
            except Refused:  # its day ended at this moment
                raise Http404 from None
            return view(request, pk, **more)

    return answer


@requires(powers.FILE)
@require_http_methods(["GET", "HEAD", "POST"])
@reads("permits.application.read")
@offers_undo
def delete(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Say what would be lost and ask, then delete. What was submitted is not deleted and leads to its own page."""
    application = own_application(request, pk)
    refusal: Refused | None = None
    if request.method == "POST":
        try:
            drafts.delete(
                application,
                expected_draft=expected_id(request.POST, "draft"),
                by=request.user,
                at=clock.now(),
            )
            return redirect("employer:restore_draft", pk)
        except Refused as refused:
            refusal = refused
    elif application.state != State.DRAFT:
        return redirect("employer:application", pk)
    context = {
        "application": application,
        "draft": str(content_id(application)) if refusal is None else as_read(request, "draft", ""),
        "files": len(application.attached),
        "refusal": refusal,
    }
    return show(request, "drafts/delete", context, status=409 if refusal else 200)


@requires(powers.FILE)
@require_http_methods(["GET", "HEAD", "POST"])
@reads("permits.application.read")
def restore(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Say that the draft is deleted, and bring it back for whoever wants that; one that is there is shown."""
    if own_applications(request).filter(pk=pk).exists():
        return redirect("employer:application", pk)
    application = own_deleted(request, pk)
    if request.method != "POST":
        return _deleted_page(request, application)
    try:
        drafts.restore(application, by=request.user, at=clock.now())
    except Refused:
        raise Http404 from None
    messages.success(request, _("The draft is back, as it was."))
    return redirect("employer:application", pk)


def _deleted_page(request: SignedInRequest, application: Application, status: int = 200) -> HttpResponse:
    """The page, with what was sent to the draft after somebody else had deleted it."""
    context = {
        "application": application,
        "until": application.deleted_at + UNDO,  # type: ignore[attr-defined]  # annotated
        "typed": [(name, value) for name, value in typed_in(request) if name != "draft"],
        "files": bool(request.FILES),
    }
    return show(request, "drafts/deleted", context, status=status)
