"""The caseworker's inbox: what waits for a case, what is mine, what is open, what nobody answered."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from alerts import handover
from referral import powers
from referral.cases import actions as cases
from referral.cases import queries
from referral.cases.closing.rules import waiting_proposals
from referral.cases.team import cases_of_team
from referral.referrals.queries import overdue_referrals
from wpis import clock
from wpis.accounts.powers import requires
from wpis.accounts.requests import SignedInRequest
from wpis.audit import trail
from wpis.audit.reading import reads
from wpis.errors import Refused
from wpis.processes import waiting

PAGE = 25
TABS = ("waiting", "mine", "open", "unanswered", "confirm", "closed")


@requires(powers.WORK)
@require_GET
@reads("referral.inbox.read")
def inbox(request: SignedInRequest) -> HttpResponse:
    """One tab of the inbox, with the counts of all; unanswered referrals are on top of every tab."""
    at = clock.now()
    tab = request.GET.get("tab", "")
    tab = tab if tab in TABS else "waiting"
    lists: dict[str, Any] = {
        "waiting": queries.Waiting(),
        "mine": queries.cases_of(request.user, at),
        "open": queries.open_cases(at),
        "unanswered": overdue_referrals(at),
        "confirm": waiting_proposals(),
        "closed": queries.closed_cases(at),
    }
    page = Paginator(lists[tab], PAGE).get_page(request.GET.get("page"))
    subjects = [queries.subject_of(row) for row in page]
    trail.record_list("referral.inbox.read", by=request.user, shown=subjects, tab=tab)
    context = {
        "tab": tab,
        "counts": {name: len(rows) if name == "waiting" else rows.count() for name, rows in lists.items()},
        "page": page,
        "own_team": cases_of_team(subjects, request.user),
        "now": at,
        "today": timezone.localdate(at),
        "desk": "cases",
        "delayed": list(waiting.late(at)),
    }
    return render(request, f"referral/caseworker/inbox/{tab}.html", context)


@requires(powers.WORK)
@require_POST
def open_case(request: SignedInRequest, waiting: UUID) -> HttpResponse:
    """Open a case for what waits; a second click finds the same case."""
    try:
        case = cases.open_case(waiting, by=request.user, at=clock.now())
    except handover.NotConfirmed:
        raise Http404 from None
    except Refused as refused:
        for reason in refused.reasons:
            messages.warning(request, reason)
        return redirect("referral:inbox")
    messages.success(request, _("Case opened. Record first how the person can be reached safely."))
    return redirect("referral:case", case=case.pk)
