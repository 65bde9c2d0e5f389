"""One alert: why, in words with the values; what was not checked; the people and the links around it."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alerts import powers
from alerts.audit_actions import ACTIONS
from alerts.models import Alert, FindingOutcome
from alerts.network import drawing
from alerts.network.links import Network, around
from alerts.rules import explanations, rulesets
from alerts.triage import presenters, queries
from alerts.triage.views.rendering import read_alert, show
from alerts.workflow import ALERT
from permits import feed
from permits.feed import SubmissionRecord
from wpis import clock
from wpis.accounts.powers import requires
from wpis.audit.reading import reads
from wpis.errors import UnreadableRecord


@requires(powers.READ)
@require_safe
@reads("alerts.alert.read")
def alert_page(request: HttpRequest, alert: UUID) -> HttpResponse:
    """Everything an analyst needs to decide, on one page."""
    found = read_alert(request, alert, "alert")
    now = clock.now()
    words, late = presenters.due(found.due_at, now)
    content = rulesets.readable(found.screening.ruleset)
    findings = list(found.screening.findings.all())
    return show(
        request,
        "alert",
        alert=found,
        due=words,
        late=late,
        patterns=rulesets.titles(found.typologies, content),
        hits=[explanations.explain(row, content) for row in findings if row.outcome == FindingOutcome.HIT],
        unknowns=[
            explanations.explain(row, content) for row in findings if row.outcome == FindingOutcome.UNKNOWN
        ],
        earlier=queries.earlier(found),
        later=queries.later_screenings(found),
        steps=ALERT.steps(found, request.user),
        history=_history(found),
        **_submission(found),
    )


def _submission(alert: Alert) -> dict[str, Any]:
    """The filed data and the links; without the data when the seal of the submission is broken."""
    network = around(alert)
    try:
        record = feed.record(alert.screening.submission_id)
    except UnreadableRecord:
        return {"network": network, "drawing": None, "cards": None}
    return {
        "network": network,
        "record": record,
        "drawing": _drawing(network, record),
        "cards": _cards(record),
    }


def _drawing(network: Network, record: SubmissionRecord) -> drawing.Drawing | None:
    return drawing.draw(network, _("this worker"), presenters.shared_labels(record))


def _cards(record: SubmissionRecord) -> list[list[tuple[str, presenters.Rows]]]:
    """Two columns of titled rows."""
    return [
        [(_("Worker"), presenters.worker(record)), (_("Employer"), presenters.employer(record))],
        [
            (_("Job and contract"), presenters.job(record)),
            (_("Housing, recruitment and costs"), presenters.arrangements(record)),
        ],
    ]


def _history(alert: Alert) -> list[dict[str, Any]]:
    """The steps, newest first, down to the moment the alert was raised."""
    steps = alert.changes.select_related("by").order_by("-at", "-id")
    told = [{"title": _title(step.step), "at": step.at, "by": step.by, "note": step.why} for step in steps]
    ruleset = _("Ruleset %(version)s") % {"version": alert.screening.ruleset.version}
    return [*told, {"title": _title("raised"), "at": alert.created_at, "by": ruleset, "note": ""}]


def _title(step: str) -> str:
    return str(ACTIONS.get(f"{ALERT.name}.{step}", step))
