"""Pages of the second person: what waits, and the decision about it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wpis import clock
from wpis.accounts.changing.fresh import fresh_authentication
from wpis.accounts.requests import SignedInRequest
from wpis.audit.reading import reads
from wpis.errors import Refused
from wpis.staff import requests
from wpis.staff.agencies import agency_choices
from wpis.staff.pages import queries
from wpis.staff.pages.rendering import show, show_code, subjects_of

RECENT = 50


@require_safe
@reads("accounts.staff.read")
def waiting(request: SignedInRequest) -> HttpResponse:
    """What waits for a second person, and what was decided lately."""
    found = queries.requests_on(request.user.surface)
    open_ones = list(queries.waiting_on(request.user.surface))
    decided = list(found.exclude(decided_at=None)[:RECENT])
    return show(
        request,
        "requests",
        shown=subjects_of([*open_ones, *decided]),
        desk="requests",
        waiting=open_ones,
        decided=decided,
    )


@fresh_authentication
@reads("accounts.staff.read")
def decide(request: SignedInRequest, asked: UUID) -> HttpResponse:
    """One request: who asked for what; confirm it, refuse it, or take one's own back."""
    found = get_object_or_404(queries.requests_on(request.user.surface), pk=asked)
    refusals: list[str] = []
    if request.method == "POST":
        act = {"approve": requests.approve, "refuse": requests.refuse, "withdraw": requests.withdraw}.get(
            request.POST.get("answer", "")
        )
        try:
            if act is None:
                raise Refused(_("Choose one of the answers shown"))
            code = act(found, by=request.user, at=clock.now())
        except Refused as refused:
            refusals = refused.reasons
        else:
            if code:
                found.refresh_from_db()
                assert found.account is not None
                return show_code(request, found.account, code)
            messages.success(request, _("Your answer is stored."))
            return redirect("staff:requests")
        found = get_object_or_404(queries.requests_on(request.user.surface), pk=asked)
    return show(
        request,
        "request",
        shown=subjects_of([found]),
        desk="requests",
        asked=found,
        agency=dict(agency_choices()).get(found.agency, found.agency),
        refusals=refusals,
        own=found.asked_by == request.user,
    )
