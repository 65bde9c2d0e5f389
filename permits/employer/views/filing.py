"""Review the answers, declare and submit; and the confirmation page, which can be opened again at any time."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from permits import powers
from permits.actions import applications
from permits.completeness.notices import of_draft
from permits.employer import presenters
from permits.employer.forms import DeclarationForm
from permits.employer.pages import pages_of
from permits.employer.remarks import linked
from permits.employer.rendering import show
from permits.employer.scope import own_application, own_or_started
from permits.employer.tasklist import tasks
from permits.employer.views.drafts import offers_undo
from permits.models import Application
from permits.states import State
from permits.submissions.draft import content_id
from wpis import clock
from wpis.accounts.powers import requires
from wpis.accounts.requests import SignedInRequest
from wpis.audit.reading import reads
from wpis.errors import Refused
from wpis.ui.expected import as_read, expected_id
from wpis.ui.refusals import show_refusal

READ_ALWAYS = ("worker",)
"""Parts that are never folded on the page of the answers: passport lines may have filled them in unread."""


@requires(powers.FILE)
@require_http_methods(["GET", "HEAD", "POST"])
@reads("permits.application.read")
@offers_undo
def review(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Show all answers and the declaration; submitting twice leads to the same confirmation."""
    application = own_or_started(request, pk)
    if application._state.adding:
        return redirect("employer:application", pk)
    if application.state != State.DRAFT:
        return redirect("employer:submitted", pk)
    if request.method != "POST":
        return _page(request, application, DeclarationForm())
    form = DeclarationForm(request.POST)
    declared = form.is_valid()
    try:
        applications.submit(
            application,
            declared=declared,
            expected_draft=expected_id(request.POST, "draft"),
            by=request.user,
            at=clock.now(),
        )
    except Refused as refused:
        if own_application(request, pk).state != State.DRAFT:
            return redirect("employer:submitted", pk)
        if declared:
            show_refusal(form, refused)
        return _page(request, own_application(request, pk), form, status=422)
    return redirect("employer:submitted", pk)


@requires(powers.FILE)
@require_safe
@reads("permits.application.read")
def submitted(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """The reference, what happens next and until when; it can be bookmarked."""
    application = own_application(request, pk)
    if application.state == State.DRAFT:
        return redirect("employer:application", pk)
    return show(request, "filing/submitted", {"application": application})


def _page(
    request: SignedInRequest, application: Application, form: DeclarationForm, status: int = 200
) -> HttpResponse:
    listed = tasks(application)
    lacking = [task for task in listed if task.missing]
    notices = of_draft(application, clock.today())
    context = {
        "application": application,
        "form": form,
        "draft": as_read(request, "draft", content_id(application)),
        "groups": presenters.groups(application, pages_of(application), then="check"),
        "tasks": lacking,
        "notices": linked(application, notices),
        "unfolded": {*READ_ALWAYS, *(task.page.part for task in lacking), *(each.part for each in notices)},
    }
    return show(request, "filing/check", context, status=status)
