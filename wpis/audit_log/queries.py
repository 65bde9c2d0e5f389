"""Searching the audit trail, and its events as the log shows them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from wpis.accounts.models import User
from wpis.audit.digests import Genuine, genuine
from wpis.audit.models import AuditEvent, DigestStart
from wpis.audit_log.words import words
from wpis.formatting.days import moment


@dataclass(frozen=True, slots=True)
class Line:
    """One event of the log."""

    event: AuditEvent
    at: str
    words: str
    """What the action says; empty for an action that no installed app has words for."""
    name: str
    """Of the account that acted; empty when the system did, or when the account is unknown."""
    details: str
    genuine: Genuine


def search(asked: Mapping[str, Any]) -> QuerySet[AuditEvent]:
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


def lines(events: Iterable[AuditEvent]) -> list[Line]:
    """The events with the names of the accounts that acted, which are read by one query."""
    events, told = list(events), words()
    began = DigestStart.began(AuditEvent)
    actors = {event.actor for event in events if event.actor}
    names = {user.pk: str(user) for user in User.objects.filter(pk__in=actors)}
    return [
        Line(
            event,
            moment(event.at),
            str(told.get(event.action, "")),
            names.get(event.actor, "") if event.actor else "",
            details(event),
            genuine(event, began=began, surface=event.surface),
        )
        for event in events
    ]


def details(event: AuditEvent) -> str:
    """The detail of an event on one line: names of fields, states and reasons."""
    said = {
        name: ", ".join(map(str, value)) if isinstance(value, list) else value
        for name, value in event.detail.items()
    }
    return "; ".join(f"{name}: {value}" for name, value in said.items() if value not in ("", None))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
