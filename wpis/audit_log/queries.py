"""Searching the audit trail, and its events as the log shows them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from wpis.accounts.models import User
from wpis.audit.digests import Genuine, genuine
from wpis.audit.models import ENCRYPTED, AuditEvent, AuditNote, DigestStart
from wpis.audit.searches import keyed_by_any, words_of
from wpis.audit_log.words import words
from wpis.errors import UnreadableRecord
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
    written: str
    """What the person who acted wrote about it; opened for the auditor alone."""
    genuine: Genuine


def search(asked: Mapping[str, Any]) -> QuerySet[AuditEvent]:
    """The events that fit every filter, newest first."""
    rows = AuditEvent.objects.order_by("-at", "id")
    if action := asked.get("action"):
        rows = rows.filter(action__startswith=action)
    if actor := asked.get("actor"):
        address = actor.strip().lower()
        # Who failed to sign in is known by a digest alone.
        failed = Q(detail__has_key="account", detail__account__in=keyed_by_any(address))
        rows = rows.filter(Q(actor__in=User.objects.filter(email=address).values("pk")) | failed)
    if subject := asked.get("subject"):
        rows = rows.filter(Q(subject=subject) | _showing(subject))
    for word in words_of(asked.get("searched", "")):
        rows = rows.filter(_searching(word))
    if since := asked.get("since"):
        rows = rows.filter(at__gte=_midnight(since))
    if until := asked.get("until"):
        rows = rows.filter(at__lt=_midnight(until + timedelta(days=1)))
    return rows


def _showing(subject: UUID) -> Q:
    """Lists in which this record was shown."""
    return Q(detail__has_key="shown", detail__shown__contains=[str(subject)])


def _searching(word: str) -> Q:
    """Lists of somebody who searched for this word, whichever surface and key they were read under."""
    found = Q(pk=None)
    for digest in keyed_by_any(word):
        found |= Q(detail__searched__contains=[digest])
    return Q(detail__has_key="shown") & found


def lines(events: Iterable[AuditEvent]) -> list[Line]:
    """The events with the names of the accounts that acted and with their notes; one query for each of these."""
    events, told = list(events), words()
    began = DigestStart.began(AuditEvent)
    with_note = [event.pk for event in events if event.detail.get("note") == ENCRYPTED]
    notes = AuditNote.objects.in_bulk(with_note)
    actors = {event.actor for event in events if event.actor}
    names = {user.pk: str(user) for user in User.objects.filter(pk__in=actors)}
    return [
        Line(
            event,
            moment(event.at),
            str(told.get(event.action, "")),
            names.get(event.actor, "") if event.actor else "",
            details(event),
            _written(event, notes),
            genuine(event, began=began, surface=event.surface),
        )
        for event in events
    ]


def _written(event: AuditEvent, notes: Mapping[UUID, AuditNote]) -> str:
    if event.detail.get("note") != ENCRYPTED:
        return ""
    if event.pk not in notes:
        return _("The note was deleted: its time is over.")
    try:
        return str(notes[event.pk].text)
    except UnreadableRecord:
        return _("The note cannot be read.")


def details(event: AuditEvent) -> str:
    """The detail of an event on one line: names of fields, states and reasons."""
    said = {
        name: ", ".join(map(str, value)) if isinstance(value, list) else value
        for name, value in event.detail.items()
    }
    return "; ".join(f"{name}: {value}" for name, value in said.items() if value not in ("", None))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
