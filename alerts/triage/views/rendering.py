"""What every page of the desk shows: the rail with its counts; and how one alert is found and its reading logged."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from alerts.models import Alert
from alerts.triage import queries
from alerts.triage.tabs import TABS
from wpis.accounts.models import User
from wpis.audit import trail

FORM_REFUSED = 422


def show(
    request: HttpRequest, template: str, *, tab: str = "", status: int = 200, **context: Any
) -> HttpResponse:
    """Render `alerts/<template>.html` beside the rail; a form with errors is answered with status 422."""
    counts = queries.counts(person(request))
    rail = [(key, entry.label, counts[key]) for key, entry in TABS.items()]
    form = context.get("form")
    if form is not None and form.is_bound and form.errors:
        status = FORM_REFUSED
    return render(
        request,
        f"alerts/triage/{template}.html",
        {**context, "rail": rail, "tab": tab, "not_checked_count": counts["not_checked"]},
        status=status,
    )


def person(request: HttpRequest) -> User:
    """Who is asking; @requires has let nobody anonymous in."""
    assert isinstance(request.user, User)
    return request.user


def read_alert(request: HttpRequest, alert: UUID, page: str) -> Alert:
    """The alert behind an address; opening it is logged. Raises Http404."""
    rows = Alert.objects.select_related(
        "screening__facts", "screening__ruleset", "owner", "proposed_by", "earlier"
    ).defer("screening__ruleset__content")
    found = rows.filter(pk=alert).first()
    if found is None:
        raise Http404
    trail.record("alerts.alert.read", by=request.user, subject=found, page=page)
    return found
