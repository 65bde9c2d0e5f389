"""Deleting a draft that is not wanted: asked for on a page of its own, since nothing brings it back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from permits import powers
from permits.actions import drafts
from permits.employer.rendering import show
from permits.employer.scope import own_application
from permits.states import State
from permits.submissions.draft import content_id
from wpis import clock
from wpis.accounts.powers import requires
from wpis.accounts.requests import SignedInRequest
from wpis.audit.reading import reads
from wpis.errors import Refused
from wpis.ui.expected import as_read, expected_id


@requires(powers.FILE)
@require_http_methods(["GET", "HEAD", "POST"])
@reads("permits.application.read")
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
            messages.success(request, _("The draft is deleted."))
            return redirect("employer:home")
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
