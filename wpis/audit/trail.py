"""trail.record(), record_list() and record_each(): the one way to write the audit trail."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import models

from wpis import clock
from wpis.audit.digests import signed
from wpis.audit.models import ENCRYPTED, AuditEvent, AuditNote
from wpis.audit.reading import note_recorded
from wpis.audit.searches import searched as digests_of


def record(
    action: str, *, by: Any, subject: models.Model | None = None, note: str = "", **detail: Any
) -> None:
    """Write one audit event in the caller's transaction.

    `action` is app.noun.verb; `by` the account or None for the system; `detail` holds names of fields,
    states and reasons that were chosen, never personal data (promise P9 of the security specification). What a person
    wrote is a `note`: encrypted, beside the event, for the auditor alone (docs/adr/0033-what-people-write.md).
    """
    if note:
        detail["note"] = ENCRYPTED
    event = _event(action, by, subject, detail)
    event.save(force_insert=True)
    if note:
        AuditNote(event=event, at=event.at, text=note).save(force_insert=True)
    note_recorded(action)


def record_list(
    action: str,
    *,
    by: Any,
    shown: Iterable[UUID],
    searched: str = "",
    subject: models.Model | None = None,
    **detail: Any,
) -> None:
    """Write one audit event of a list that was read: whom it showed, and digests of what was searched for."""
    keys = [str(key) for key in shown]
    record(action, by=by, subject=subject, shown=keys, searched=digests_of(searched), **detail)


def record_each(action: str, *, by: Any, subjects: Iterable[models.Model], **detail: Any) -> None:
    """Write the same event for each of these records, in one statement."""
    AuditEvent.objects.bulk_create([_event(action, by, subject, detail) for subject in subjects])
    note_recorded(action)


def _event(action: str, by: Any, subject: models.Model | None, detail: dict[str, Any]) -> AuditEvent:
    return signed(
        AuditEvent(
            at=clock.now(),
            action=action,
            actor=getattr(by, "pk", None),
            role=getattr(by, "role", "") or "",
            surface=settings.WPIS_SURFACE,
            subject_kind=_kind(subject) if subject is not None else "",
            subject=subject.pk if subject is not None else None,
            detail=detail,
        )
    )


def _kind(subject: models.Model) -> str:
    """What the trail calls this model: its label, or the label from before it was renamed (`audit_kind`)."""
    return getattr(subject, "audit_kind", subject._meta.label_lower)
