"""What the office asks about a company, or why it did not verify it, and the answer of whoever leads it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from permits import powers
from permits.actions import companies
from permits.employer.company_page import can_answer, said_of
from permits.employer.forms import CompanyAnswerForm
from permits.employer.scope import led_employer
from wpis import clock
from wpis.accounts.powers import requires
from wpis.accounts.requests import SignedInRequest
from wpis.audit import trail
from wpis.audit.reading import reads
from wpis.ui.expected import as_read, expected_id
from wpis.ui.refusals import attempt


@requires(powers.NAME_DELEGATES)
@require_http_methods(["GET", "HEAD", "POST"])
@reads("permits.employer.read")
def answer(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Answer a question about the company, or send more after a refusal."""
    company = led_employer(request, pk)
    form = CompanyAnswerForm(request.POST or None)
    if request.method == "POST":
        if attempt(
            form,
            lambda: companies.answer(
                company,
                form.cleaned_data["answer"],
                expected_step=expected_id(request.POST, "step"),
                by=request.user,
                at=clock.now(),
            ),
        ):
            messages.success(request, _("Your answer has been sent."))
            return redirect("employer:company", pk)
    elif not can_answer(company, request.user):
        return redirect("employer:company", pk)
    trail.record("permits.employer.read", by=request.user, subject=company, page="answer")
    context = {
        "company": company,
        "said": said_of(company),
        "form": form,
        "read": as_read(request, "step", companies.newest_step(company)),
    }
    return render(
        request, "permits/employer/companies/answer.html", context, status=422 if form.errors else 200
    )
