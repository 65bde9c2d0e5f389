"""Changing the details of a company, by whoever leads it."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from permits import powers
from permits.actions import employers
from permits.actions.applications import Saved
from permits.employer.forms import CompanyDetailsForm, PartForm
from permits.employer.forms.conflicts import changed_by_others, say_conflicts
from permits.employer.scope import led_employer
from permits.models import Employer
from wpis import clock
from wpis.accounts.powers import requires
from wpis.accounts.requests import SignedInRequest
from wpis.audit import trail
from wpis.audit.reading import reads
from wpis.editing.as_read import FIELD
from wpis.ui.refusals import attempt


@requires(powers.REGISTER_EMPLOYER)
@require_http_methods(["GET", "HEAD", "POST"])
@reads("permits.employer.read")
def change(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Show the details as a form, or save those that were changed in it."""
    company = led_employer(request, pk)
    if request.method != "POST":
        return _page(request, company, CompanyDetailsForm.of(company), CompanyDetailsForm.marks(company))
    form, saved = CompanyDetailsForm(request.POST), Saved([], [])

    def save() -> None:
        nonlocal saved
        saved = employers.change(
            company,
            form.values(),
            as_read=form.read_from(request.POST),
            by=request.user,
            at=clock.now(),
        )

    done = attempt(form, save)
    now = led_employer(request, pk)
    if not done or saved.conflicts:
        marks = request.POST.get(FIELD, "")
        if saved.conflicts:
            form, marks = cast(CompanyDetailsForm, form.taking(saved.changed_by_others, now)), form.marks(now)
            say_conflicts(form, saved, now)
        return _page(request, now, form, marks, status=422)
    if saved.changed_by_others:
        messages.info(request, changed_by_others(form, saved))
    messages.success(request, _said(company, now))
    return redirect("employer:company", pk)


def _said(before: Employer, now: Employer) -> str:
    if before.is_verified and not now.is_verified:
        return _("The details are saved. We verify the company again; you can apply meanwhile.")
    return _("The details are saved.")


def _page(
    request: SignedInRequest, company: Employer, form: PartForm, marks: str, status: int = 200
) -> HttpResponse:
    trail.record("permits.employer.read", by=request.user, subject=company, page="details")
    context = {"company": company, "form": form, "as_read": marks}
    return render(request, "permits/employer/companies/details.html", context, status=status)
