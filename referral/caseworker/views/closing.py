"""The second person's page: what was proposed and why, to confirm or to refuse; the proposer takes it back here."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from referral import powers
from referral.cases.closing import actions as closing
from referral.cases.guards import open_referrals
from referral.caseworker.forms.case import ReasonForm
from referral.caseworker.lookups import case_or_404, need_to_know
from referral.caseworker.views.page import case_page
from referral.forms import status_of
from referral.models import Case, ClosingProposal
from wpis import clock
from wpis.accounts.models import User
from wpis.accounts.powers import requires
from wpis.accounts.requests import SignedInRequest
from wpis.audit.reading import reads
from wpis.ui.forms import Form
from wpis.ui.refusals import attempt

DONE = {
    "confirm": gettext_lazy("The case is closed."),
    "refuse": gettext_lazy("The case stays open. Its caseworker can read why."),
    "take-back": gettext_lazy("The proposal was taken back."),
}


@requires(powers.WORK)
@require_GET
@need_to_know
@reads("referral.case.read")
def proposal(request: SignedInRequest, case: UUID, proposal: UUID) -> HttpResponse:
    """What was proposed, by whom and why."""
    found = case_or_404(request, case, "closing")
    return _page(request, found, _of_case(found, proposal), ReasonForm())


@requires(powers.WORK)
@require_POST
@need_to_know
@reads("referral.case.read")
def decide(request: SignedInRequest, case: UUID, proposal: UUID, decision: str) -> HttpResponse:
    """Confirm, refuse or take back a proposal."""
    if decision not in DONE:
        raise Http404
    found = case_or_404(request, case, "closing")
    proposed = _of_case(found, proposal)
    form = ReasonForm(request.POST) if decision == "refuse" else Form(request.POST)
    if attempt(form, lambda: _take(decision, proposed, form, by=request.user)):
        messages.success(request, DONE[decision])
        return redirect("referral:case", case=found.pk)
    return _page(request, found, proposed, form)


def _take(decision: str, proposed: ClosingProposal, form: Form, *, by: User) -> None:
    at = clock.now()
    if decision == "confirm":
        closing.confirm(proposed, by=by, at=at)
    elif decision == "refuse":
        closing.refuse(proposed, form.cleaned_data["reason"], by=by, at=at)
    else:
        closing.take_back(proposed, by=by, at=at)


def _of_case(case: Case, proposal: UUID) -> ClosingProposal:
    rows = ClosingProposal.objects.select_related("case", "proposed_by", "decided_by")
    return get_object_or_404(rows, pk=proposal, case=case)


def _page(request: SignedInRequest, case: Case, proposed: ClosingProposal, form: Form) -> HttpResponse:
    context = {
        "proposed": proposed,
        "form": form,
        "refusal": form if isinstance(form, ReasonForm) else ReasonForm(),
        "obstacles": open_referrals(case),
    }
    return case_page(request, "case/closing.html", case, "overview", status=status_of(form), **context)
