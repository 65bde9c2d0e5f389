"""The form pages of an application: input is saved even when incomplete, and errors are shown beside it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from permits import powers
from permits.actions import applications
from permits.case_types.registry import case_type
from permits.employer.forms import PartForm
from permits.employer.forms.terms import below_minimum
from permits.employer.forms.worker import read_passport_lines
from permits.employer.pages import PAGES, after, page_or_404, pages_of, record_of
from permits.employer.scope import own_application
from permits.models import Application
from permits.queries import open_parts
from wpis import clock, law
from wpis.accounts.powers import requires
from wpis.accounts.requests import SignedInRequest
from wpis.errors import Refused
from wpis.ui.refusals import show_refusal


@requires(powers.FILE)
@require_http_methods(["GET", "HEAD", "POST"])
def part(request: SignedInRequest, pk: UUID, part: str) -> HttpResponse:
    """Show one page of the application, or save what was entered and go to the next."""
    application = own_application(request, pk)
    page = page_or_404(application, part)
    assert page.form is not None
    if request.method != "POST":
        if part not in open_parts(application):
            return redirect("employer:application", pk)
        return _page(request, application, page.form.of(record_of(application, part)))
    form = page.form(request.POST)
    form.full_clean()
    try:
        applications.save_part(application, part, form.values(), by=request.user, at=clock.now())
    except Refused as refused:
        show_refusal(form, refused)
    if form.errors:
        return _page(request, application, form, status=422)
    if part == "terms" and (hint := _low_pay(own_application(request, pk))):
        messages.warning(request, hint)
    asked = "list" if "later" in request.POST else request.GET.get("then", "")
    return redirect(after(application, part, asked=asked))


@requires(powers.FILE)
@require_POST
def read_passport(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Fill the fields from the machine-readable zone, for the person to confirm; nothing is saved yet."""
    application = own_application(request, pk)
    reading = read_passport_lines(request.POST)
    if "mrz" not in reading.form.errors:
        messages.info(request, reading.said())
    return _page(request, application, reading.form, status=422 if reading.form.errors else 200)


def _page(
    request: SignedInRequest, application: Application, form: PartForm, status: int = 200
) -> HttpResponse:
    page, asked = PAGES[form.part.name], list(pages_of(application))
    context: dict[str, Any] = {
        "application": application,
        "form": form,
        "page": page,
        "number": asked.index(page.part) + 1,
        "total": len(asked),
        "then": request.GET.get("then", ""),
        "back": _back(request, application),
        "longest_months": _longest_months(application),
        "low_pay": _low_pay(application) if page.part == "terms" and not form.is_bound else "",
    }
    return render(request, page.template, context, status=status)


def _back(request: SignedInRequest, application: Application) -> str:
    return after(application, "documents", asked=request.GET.get("then") or "list")


def _longest_months(application: Application) -> int | None:
    """For how long a permit of this case type can be issued today; None where an approval issues none."""
    parameter = case_type(application.kind).longest_term
    return getattr(law.in_force(clock.today()), parameter) if parameter else None


def _low_pay(application: Application) -> str:
    return below_minimum(application.terms.gross_wage, clock.today())
