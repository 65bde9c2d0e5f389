"""Figures of the office: how many files stand where. No file, no employer and no person is named."""

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from permits import powers
from permits.models import Application, State
from permits.officer.holding import LATELY
from wpis import clock
from wpis.accounts.powers import requires
from wpis.accounts.requests import SignedInRequest


@requires(powers.READ_FIGURES)
@require_safe
def figures(request: SignedInRequest) -> HttpResponse:
    """Files by state, and what came in and was decided lately."""
    since = clock.now() - LATELY
    submitted = Application.objects.exclude(submitted_at=None)
    many = dict(submitted.order_by().values_list("state").annotate(Count("pk")))
    context = {
        "states": [(label, many.get(state, 0)) for state, label in State.choices if many.get(state)],
        "submitted": submitted.filter(submitted_at__gte=since).count(),
        "decided": submitted.filter(decided_at__gte=since).count(),
        "late": submitted.filter(decided_at=None, due_on__lt=clock.today()).count(),
        "days": LATELY.days,
    }
    return render(request, "permits/officer/figures.html", context)
