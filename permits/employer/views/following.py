"""After submission: answer a question, withdraw the application, download the permit."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from permits import powers
from permits.actions import applications
from permits.certificate import render as render_permit
from permits.certificate.of_permit import face
from permits.completeness.notices import of_draft
from permits.employer.forms import AnswerForm, WithdrawForm
from permits.employer.pages import PAGES
from permits.employer.remarks import linked
from permits.employer.scope import own_application
from permits.employer.tracker import public_state
from permits.models import Permit
from permits.queries import open_parts
from permits.states import PublicState
from wpis import clock
from wpis.accounts.powers import requires
from wpis.accounts.requests import SignedInRequest
from wpis.errors import Refused
from wpis.ui.expected import as_read, expected_id
from wpis.ui.refusals import show_refusal


@requires(powers.FILE)
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """The open question, the parts that may be corrected, and the answer."""
    application = own_application(request, pk)
    question = application.questions.filter(answered_at=None).first()
    if question is None:
        return redirect("employer:application", pk)
    notices = of_draft(application, clock.today())
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            applications.answer(
                application,
                form.cleaned_data["answer"],
                expected_question=expected_id(request.POST, "question"),
                by=request.user,
                at=clock.now(),
            )
            messages.success(request, _("Your answer has been sent."))
            return redirect("employer:application", pk)
        except Refused as refused:
            show_refusal(form, refused)
    parts = [(PAGES[part].title, PAGES[part].url(application)) for part in open_parts(application)]
    read = as_read(request, "question", question.pk)
    context = {
        "application": application,
        "question": question,
        "form": form,
        "parts": parts,
        "read": read,
        "notices": linked(application, notices),
    }
    return render(
        request, "permits/employer/following/answer.html", context, status=422 if form.errors else 200
    )


@requires(powers.FILE)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Ask for confirmation, then withdraw the application."""
    application = own_application(request, pk)
    if public_state(application) not in (PublicState.IN_REVIEW, PublicState.ANSWER_NEEDED):
        return redirect("employer:application", pk)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            applications.withdraw(application, form.cleaned_data["reason"], by=request.user, at=clock.now())
            messages.success(request, _("The application has been withdrawn."))
            return redirect("employer:application", pk)
        except Refused:
            # Why is the office's business; the words are the same for every reason.
            form.add_error(None, _("The application can no longer be withdrawn. The decision is being made."))
    context = {"application": application, "form": form}
    return render(
        request, "permits/employer/following/withdraw.html", context, status=422 if form.errors else 200
    )


@requires(powers.FILE)
@require_safe
def permit_file(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """The permit as a PDF."""
    permit = get_object_or_404(
        Permit.objects.select_related("submission__application"), application=own_application(request, pk)
    )
    try:
        content = render_permit(face(permit))
    except Refused:
        messages.error(request, _("The permit cannot be printed at the moment. Write to the help desk."))
        return redirect("employer:application", pk)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{permit.number}.pdf"'
    return response
