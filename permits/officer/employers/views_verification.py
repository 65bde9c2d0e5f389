"""Companies to verify: the queue, one claim, and the steps on it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from permits import powers
from permits.actions import companies
from permits.companies.workflow import COMPANY
from permits.models import Employer
from permits.officer.employers import listing
from permits.officer.employers.forms import FORMS
from permits.officer.rendering import show
from permits.queries import files_for
from wpis import clock
from wpis.accounts.powers import requires
from wpis.accounts.requests import SignedInRequest
from wpis.audit import trail
from wpis.audit.reading import reads
from wpis.ui.expected import as_read, expected_id
from wpis.ui.refusals import attempt

PER_PAGE = 25
ACTIONS = {
    "verify": (companies.verify, "basis", _("The company is verified. The claimant gets a letter.")),
    "refuse": (companies.refuse, "reason", _("The company is not verified. The claimant gets a letter.")),
    "ask": (companies.ask, "text", _("The question is sent.")),
    "reconsider": (companies.reconsider, "reason", _("The company is open again. A colleague settles it.")),
}
"""Step -> what takes it, the field it asks for, and what is said afterwards."""


@requires(powers.VERIFY)
@require_safe
@reads("permits.employer.claims")
def company_list(request: SignedInRequest) -> HttpResponse:
    """The companies that wait for an officer."""
    page = Paginator(listing.unsettled(), PER_PAGE).get_page(request.GET.get("page"))
    trail.record_list(
        "permits.employer.claims", by=request.user, shown=[row.pk for row in page], page=page.number
    )
    return show(request, "employers/claims", tab="companies", page=page, kinds=listing.KIND_OF_TAG)


@requires(powers.VERIFY)
@require_safe
@reads("permits.employer.read")
def claim(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """What is claimed: the data, the account, other claims of the number, the files, the history, the steps."""
    company = get_object_or_404(Employer.objects.select_related("created_by"), pk=pk)
    return _page(request, company)


@requires(powers.VERIFY)
@require_http_methods(["POST"])
@reads("permits.employer.read")
def step(request: SignedInRequest, pk: UUID, step: str) -> HttpResponse:
    """One step on a claim."""
    if step not in ACTIONS:
        raise Http404
    act, field, done = ACTIONS[step]
    company = get_object_or_404(Employer.objects.select_related("created_by"), pk=pk)
    form = FORMS[step](request.POST, auto_id=f"{step}_%s")
    if attempt(
        form,
        lambda: act(
            company,
            form.cleaned_data[field],
            expected_step=expected_id(request.POST, "step"),
            by=request.user,
            at=clock.now(),
        ),
    ):
        messages.success(request, str(done))
        return redirect("officer:claim", pk)
    return _page(request, company, step, form)


def _page(request: SignedInRequest, company: Employer, refused: str = "", form: Any = None) -> HttpResponse:
    """The page. A step that only its guard refuses is not offered, but its reasons are given."""
    trail.record("permits.employer.read", by=request.user, subject=company)
    forms: list[tuple[str, Promise | str, Any]] = []
    reasons: list[str] = []
    for name, (_act, _field, _done) in ACTIONS.items():
        refusals = COMPANY.refusals(company, name, request.user)
        if not refusals or name == refused:
            forms.append((name, WORDS[name], form if name == refused else FORMS[name](auto_id=f"{name}_%s")))
        elif company.state in COMPANY.transitions[name].sources and _holds(request, name):
            reasons += refusals
    return show(
        request,
        "employers/claim",
        tab="companies",
        company=company,
        kind_of_tag=listing.KIND_OF_TAG.get(company.state, ""),
        kinds=listing.KIND_OF_TAG,
        others=listing.other_claims(company),
        steps=listing.steps_of(company),
        files=files_for(request.user).filter(employer=company).order_by("-submitted_at", "pk")[:PER_PAGE],
        forms=forms,
        reasons=reasons,
        form=form,
        read=as_read(request, "step", companies.newest_step(company)),
    )


def _holds(request: SignedInRequest, step: str) -> bool:
    power = COMPANY.bindings[step].power
    return power is not None and power.held_by(request.user)


WORDS = {
    "verify": _("Verify"),
    "refuse": _("Refuse to verify"),
    "ask": _("Ask the claimant"),
    "reconsider": _("Open again"),
}
"""Step -> its heading and button."""
