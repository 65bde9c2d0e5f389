"""The queue: alerts under tabs, the most pressing first."""

from datetime import datetime

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from alerts import powers
from alerts.models import Alert
from alerts.rules import rulesets
from alerts.triage import presenters
from alerts.triage.forms import FilterForm
from alerts.triage.tabs import TABS
from alerts.triage.views.rendering import person, show
from wpis import clock
from wpis.accounts.powers import requires
from wpis.audit import trail
from wpis.audit.reading import reads
from wpis.processes import waiting

PER_PAGE = 25


@requires(powers.READ)
@require_safe
@reads("alerts.queue.read")
def queue(request: HttpRequest) -> HttpResponse:
    """One tab, filtered, 25 alerts at a time; without names, so that a glance over a shoulder tells little."""
    key = request.GET.get("tab", "")
    key = key if key in TABS else "new"
    patterns = rulesets.typology_titles()
    chosen = FilterForm(request.GET, patterns=patterns)
    rows = (
        chosen.chosen(TABS[key].rows(person(request)))
        .select_related("owner", "screening__ruleset")
        .defer("screening__ruleset__content")
    )
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    now = clock.now()
    trail.record_list(
        "alerts.queue.read",
        by=request.user,
        shown=[alert.pk for alert in page],
        tab=key,
        filters=sorted(name for name, value in chosen.cleaned_data.items() if value),
    )
    return show(
        request,
        "queue",
        tab=key,
        delayed=list(waiting.late(now)),
        heading=TABS[key].label,
        empty=TABS[key].empty,
        filters=FilterForm(chosen.cleaned_data, patterns=patterns),
        narrowed=any(chosen.cleaned_data.values()),
        page=page,
        lines=[_line(alert, now) for alert in page],
        may_triage=powers.TRIAGE.held_by(request.user),
    )


def _line(alert: Alert, now: datetime) -> dict[str, object]:
    words, late = presenters.due(alert.due_at, now)
    titles = rulesets.titles(alert.typologies, rulesets.readable(alert.screening.ruleset))
    return {"alert": alert, "why": titles, "more": len(titles[2:]), "due": words, "late": late}
