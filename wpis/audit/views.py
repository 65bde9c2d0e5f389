"""The auditor's log: read it, search it, change nothing; reading it is in the log too."""

from datetime import datetime, time, timedelta
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from referral import powers
from referral.queries import names_of
from wpis.accounts.models import User
from wpis.accounts.powers import requires
from wpis.accounts.requests import SignedInRequest
from wpis.audit import trail
from wpis.audit.forms import LogForm
from wpis.audit.models import AuditEvent

PAGE = 50


@requires(powers.READ_LOG)
@require_GET
def audit_log(request: SignedInRequest) -> HttpResponse:
    """One page of the log, newest first."""
    form = LogForm(request.GET or None)
    asked = {name: value for name, value in form.cleaned_data.items() if value} if form.is_valid() else {}
    rows = AuditEvent.objects.none() if form.is_bound and form.errors else search(asked)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    names = names_of(event.actor for event in page)
    events = [(event, names.get(event.actor, "") if event.actor else "", details(event)) for event in page]
    # Written after the rows were read, so that a reading never lists itself.
    trail.record("audit.log.read", by=request.user, filters=sorted(asked), page=page.number)
    status = 422 if form.is_bound and form.errors else 200
    return render(
        request,
        "referral/audit_log.html",
        {"form": form, "page": page, "events": events, "desk": "log"},
        status=status,
    )


def details(event: AuditEvent) -> str:
    """What an event says besides: names of fields, states and reasons, on one line."""
    said = {
        name: ", ".join(map(str, value)) if isinstance(value, list) else value
        for name, value in event.detail.items()
    }
    return "; ".join(f"{name}: {value}" for name, value in said.items() if value not in ("", None))


def search(asked: dict[str, Any]) -> QuerySet[AuditEvent]:
    """The events that fit every filter, newest first."""
    rows = AuditEvent.objects.order_by("-at", "id")
    if action := asked.get("action"):
        rows = rows.filter(action__startswith=action)
    if actor := asked.get("actor"):
        rows = rows.filter(actor__in=User.objects.filter(email=actor.lower()).values("pk"))
    if subject := asked.get("subject"):
        rows = rows.filter(subject=subject)
    if since := asked.get("since"):
        rows = rows.filter(at__gte=_midnight(since))
    if until := asked.get("until"):
        rows = rows.filter(at__lt=_midnight(until + timedelta(days=1)))
    return rows


def _midnight(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
