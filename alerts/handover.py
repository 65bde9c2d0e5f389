"""The interface for the downstream app: confirmed alerts as plain data, and the two answers it reports back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from alerts.evidence import Evidence, Level
from alerts.models import Alert, AlertChange, Finding
from alerts.rules import explanations, rulesets
from alerts.rules.content import Content
from alerts.states import PASSED_ON, Outcome, State
from alerts.workflow import ALERT
from permits import feed
from permits.feed import SubmissionRecord
from wpis.accounts.models import User
from wpis.errors import Refused, UnreadableRecord

__all__ = [
    "AlertPacket",
    "Confirmed",
    "Evidence",
    "FindingWords",
    "Level",
    "NotConfirmed",
    "Outcome",
    "SubmissionRecord",
    "confirmed",
    "count_confirmed",
    "packet",
    "record_opened",
    "record_outcome",
]


class NotConfirmed(LookupError):
    """There is no such alert, or no person has confirmed it: for the downstream app the two are the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmed:
    """One alert that waits for a case."""

    alert: UUID
    reference: str
    level: Level
    child: bool
    typologies: tuple[str, ...]  # titles in the reader's language
    confirmed_at: datetime
    confirmed_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingWords:
    """One finding in words. `checked` is false when the data gave no answer: never read it as clear."""

    indicator: str
    title: str
    sentence: str
    checked: bool
    evidence: Evidence
    supports: tuple[str, ...]  # items of the ILO list, once a person has confirmed the fact
    false_positives: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertPacket:
    """Everything the downstream app may know about one confirmed alert."""

    alert: UUID
    reference: str
    level: Level
    child: bool
    typologies: tuple[str, ...]
    findings: tuple[FindingWords, ...]
    record: SubmissionRecord
    confirmed_at: datetime
    confirmed_by: str
    reason: str


def confirmed(limit: int = 50, offset: int = 0) -> list[Confirmed]:
    """Alerts that wait for a case: the most pressing first, then the oldest."""
    rows = list(_waiting()[offset : offset + limit])
    steps = _confirmations(rows)
    return [
        Confirmed(
            alert=alert.pk,
            reference=alert.reference,
            level=Level(alert.level),
            child=alert.child,
            typologies=_titles(alert, _content(alert)),
            confirmed_at=steps[alert.pk].at,
            confirmed_by=str(steps[alert.pk].by),
        )
        for alert in rows
    ]


def count_confirmed() -> int:
    """How many alerts wait for a case."""
    return int(_waiting().count())


def packet(alert_id: UUID) -> AlertPacket:
    """One confirmed alert with everything behind it; the caller audits who read it.

    Raises NotConfirmed, Refused when the submission was changed in the database or this release cannot read it.
    """
    alert = _get(alert_id)
    step = _confirmations([alert])[alert.pk]
    content = _content(alert)
    try:
        record = feed.record(alert.screening.submission_id)
    except UnreadableRecord as error:
        raise Refused(_("The submission behind this alert cannot be read. Tell the operator.")) from error
    return AlertPacket(
        alert=alert.pk,
        reference=alert.reference,
        level=Level(alert.level),
        child=alert.child,
        typologies=_titles(alert, content),
        findings=tuple(_words(finding, content) for finding in alert.screening.findings.all()),
        record=record,
        confirmed_at=step.at,
        confirmed_by=str(step.by),
        reason=step.reason,
    )


def record_opened(alert_id: UUID, case_reference: str, *, by: User, at: datetime) -> None:
    """A case was opened for this alert. Raises NotConfirmed, PermissionDenied, Refused if it was before."""
    ALERT.perform(_get(alert_id), "hand_over", by=by, at=at, case_reference=case_reference)


def record_outcome(alert_id: UUID, outcome: Outcome | str, *, by: User, at: datetime) -> None:
    """What came of it; a later outcome replaces the first, and the history keeps both.

    Raises NotConfirmed, PermissionDenied, Refused for an unknown outcome or before a case was opened.
    """
    if outcome not in Outcome.values:
        raise Refused(f"{outcome} is not an outcome")
    ALERT.perform(
        _get(alert_id), "record_outcome", by=by, at=at, reason=str(outcome), outcome=outcome, outcome_at=at
    )


def _waiting() -> Any:
    return _with_ruleset(Alert.objects.filter(state=State.CONFIRMED)).order_by("-rank", "created_at", "id")


def _with_ruleset(rows: QuerySet[Alert]) -> QuerySet[Alert]:
    """With what names the ruleset of each alert; its document is fetched when it is new to the process."""
    return rows.select_related("screening__ruleset").defer("screening__ruleset__content")


def _get(alert_id: UUID) -> Alert:
    found = _with_ruleset(Alert.objects.filter(pk=alert_id, state__in=PASSED_ON)).first()
    if found is None:
        raise NotConfirmed(str(alert_id))
    return found


def _confirmations(alerts: Iterable[Alert]) -> dict[UUID, AlertChange]:
    """The newest confirmation of each alert."""
    steps = AlertChange.objects.filter(subject__in=list(alerts), step="confirm").select_related("by")
    return {step.subject_id: step for step in steps.order_by("at", "id")}


def _content(alert: Alert) -> Content | None:
    return rulesets.readable(alert.screening.ruleset)


def _titles(alert: Alert, content: Content | None) -> tuple[str, ...]:
    return tuple(rulesets.titles(alert.typologies, content))


def _words(finding: Finding, content: Content | None) -> FindingWords:
    told = explanations.explain(finding, content)
    return FindingWords(
        indicator=told.id,
        title=told.title,
        sentence=told.sentence,
        checked=told.hit,
        evidence=told.evidence,
        supports=told.supports,
        false_positives=told.false_positives,
    )
