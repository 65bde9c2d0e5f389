"""Raises alerts out of findings, without asking a person twice about the same thing."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from alerts import references
from alerts.evidence import RANK
from alerts.models import Alert, Finding, FindingOutcome, Screening, ScreeningLock
from alerts.rules import typologies
from alerts.rules.content import Content
from alerts.states import State
from wpis.audit import trail


def raise_alerts(
    findings: dict[UUID, list[Finding]], screenings: Iterable[Screening], content: Content, at: datetime
) -> list[Alert]:
    """Store and return the alerts that these findings call for under a ruleset; `findings` is by screening.

    A newer submission of the same application does not raise a second alert while the first says as much:
    an alert that was not dismissed covers the patterns it names, a dismissed one covers exactly the findings
    that a person has seen. Where it does raise one, the new alert points to the earlier one.
    """
    wanted = []
    for screening in screenings:
        hits = [f for f in findings.get(screening.pk, []) if f.outcome == FindingOutcome.HIT]
        called_for = typologies.raised_by([hit.indicator for hit in hits], content.typologies)
        if called_for and screening.application:
            wanted.append((screening, screening.application, hits, called_for))
    if not wanted:
        return []
    ScreeningLock.take(ScreeningLock.Name.ALERTS)  # else two workers may raise the same alert
    newest = _newest_alerts([application for _, application, *_ in wanted])
    alerts = []
    for screening, application, hits, called_for in wanted:
        earlier = newest.get(application)
        if earlier and _covers(earlier, called_for, hits):
            continue
        alert = Alert(
            reference=references.new(),
            screening=screening,
            application=application,
            earlier=earlier,
            level=called_for.level,
            rank=RANK[called_for.level],
            typologies=list(called_for.typologies),
            child=called_for.child,
            created_at=at,
            due_at=content.terms[called_for.level].end(at),
        )
        newest[application] = alert
        alerts.append(alert)
    Alert.objects.bulk_create(alerts)
    for alert in alerts:
        trail.record(
            "alerts.alert.raised", by=None, subject=alert, level=alert.level, typologies=alert.typologies
        )
    return alerts


def _newest_alerts(applications: list[UUID]) -> dict[UUID, Alert]:
    rows = Alert.objects.filter(application__in=applications).order_by("created_at", "pk")
    return {alert.application: alert for alert in rows}


def _covers(earlier: Alert, called_for: typologies.Raised, hits: list[Finding]) -> bool:
    """Whether a person has the new findings before them already."""
    if not set(called_for.typologies) <= set(earlier.typologies):
        return False
    if earlier.state != State.DISMISSED:
        return True
    seen = earlier.screening.findings.filter(outcome=FindingOutcome.HIT)
    return {f.indicator: f.values for f in seen} == {f.indicator: f.values for f in hits}
