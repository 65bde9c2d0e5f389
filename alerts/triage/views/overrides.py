"""Checks that the office overrode or asks to override, beside what is known here of these submissions."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alerts import powers
from alerts.models import Alert, Screening
from alerts.triage.views.not_checked import references
from alerts.triage.views.rendering import show
from permits import feed
from wpis import clock
from wpis.accounts.powers import requires
from wpis.audit import trail
from wpis.audit.reading import reads

PER_PAGE = 25


@requires(powers.READ)
@require_safe
@reads("alerts.overrides.read")
def overrides(request: HttpRequest) -> HttpResponse:
    """All of them, the newest first; the office is shown nothing of what stands beside them."""
    page = Paginator(range(feed.count_overrides()), PER_PAGE).get_page(request.GET.get("page"))
    rows = feed.overrides(PER_PAGE, page.start_index() - 1 if page.object_list else 0)
    trail.record_list(
        "alerts.overrides.read", by=request.user, shown=[row.submission for row in rows], page=page.number
    )
    known = _known([row.submission for row in rows])
    named = references([row.submission for row in rows])
    return show(
        request,
        "overrides",
        tab="overrides",
        page=page,
        lines=[
            {
                "row": row,
                "reference": named.get(row.submission, ""),
                "check": row.kind.label,
                "word": _word(row),
                **known.get(row.submission, {"screening": None, "alerts": []}),
            }
            for row in rows
        ],
    )


def _word(row: feed.OverrideRecord) -> str:
    if row.alone:
        return _("Overridden by one supervisor")
    if row.confirmed is not None:
        return _("Overridden") if row.confirmed else _("Declined or taken back")
    if row.check_completed_at or row.check_superseded_at:
        return _("No longer needed")
    if clock.now() < row.waits_until:
        return _("Requested")
    return _("Waits for a second supervisor")


def _known(submissions: list[UUID]) -> dict[UUID, dict[str, Any]]:
    """The newest screening of each submission, and the alerts about its application."""
    newest: dict[UUID, Screening] = {}
    for screening in Screening.objects.filter(submission__in=submissions).order_by("at", "id"):
        newest[screening.submission_id] = screening
    alerts = Alert.objects.filter(
        application__in=[row.application for row in newest.values() if row.application]
    ).order_by("-created_at", "id")
    about: dict[UUID, list[Alert]] = {}
    for alert in alerts:
        about.setdefault(alert.application, []).append(alert)
    return {
        submission: {
            "screening": screening,
            "alerts": about.get(screening.application, []) if screening.application else [],
        }
        for submission, screening in newest.items()
    }
