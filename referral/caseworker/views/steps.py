"""The steps of a case that need a reason: hold, resume, close, reopen, take over."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from referral import powers
from referral.cases import actions as cases
from referral.cases.guards import open_referrals
from referral.caseworker.forms.case import CloseForm, ReasonForm, TakeOverForm
from referral.caseworker.lookups import case_or_404, need_to_know
from referral.caseworker.views.page import case_page
from referral.forms import posted, status_of
from referral.models import Case
from referral.states import CaseState
from wpis import clock
from wpis.accounts.models import User
from wpis.accounts.powers import requires
from wpis.accounts.requests import SignedInRequest
from wpis.audit.reading import reads
from wpis.errors import Refused
from wpis.ui.refusals import show_refusal


@dataclass(frozen=True, slots=True)
class Step:
    """One step as a page: its title, its form, and the action, called with the form's values."""

    title: Any
    form: type[ReasonForm]
    act: Callable[..., Case]

    def take(self, case: Case, form: ReasonForm, *, by: User, at: datetime) -> Case:
        """Call the action with the posted values."""
        return self.act(case, **form.cleaned_data, by=by, at=at)


STEPS = {
    "hold": Step(gettext_lazy("Put the case on hold"), ReasonForm, cases.hold),
    "close": Step(gettext_lazy("Close the case"), CloseForm, cases.close),
    "reopen": Step(gettext_lazy("Reopen the case"), ReasonForm, cases.reopen),
    "resume": Step(gettext_lazy("Take the case up again"), ReasonForm, cases.resume),
    "take-over": Step(gettext_lazy("Take the case over"), TakeOverForm, cases.take_over),
}


@requires(powers.WORK)
@require_http_methods(["GET", "POST"])
@need_to_know
@reads("referral.case.read")
def step(request: SignedInRequest, case: UUID, step: str) -> HttpResponse:
    """Take a step that needs a reason; what blocks closing is said before it is tried."""
    if step not in STEPS:
        raise Http404
    chosen = STEPS[step]
    found = case_or_404(request, case, step)
    form = chosen.form(posted(request), initial={"expected_caseworker": found.caseworker_id})
    if form.is_valid():
        try:
            taken = chosen.take(found, form, by=request.user, at=clock.now())
        except Refused as refused:
            show_refusal(form, refused)
        else:
            waits = step == "close" and taken.state != CaseState.CLOSED
            messages.success(request, _("A second caseworker must confirm this.") if waits else _("Done."))
            return redirect("referral:case", case=found.pk)
    obstacles = open_referrals(found) if step == "close" and not form.is_bound else []
    context = {"form": form, "title": chosen.title, "obstacles": obstacles}
    return case_page(request, "case/step.html", found, "overview", status=status_of(form), **context)
