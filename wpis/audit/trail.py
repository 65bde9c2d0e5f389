"""trail.record(): the one way to write the audit trail."""

from typing import Any

from django.conf import settings
from django.db import models

from wpis import clock
from wpis.audit.digests import signed
from wpis.audit.models import AuditEvent


def record(action: str, *, by: Any, subject: models.Model | None = None, **detail: Any) -> None:
    """Write one audit row in the caller's transaction.

    `action` is app.noun.verb; `by` the account or None for the system; `detail` holds names of fields,
    states and reasons, never personal data (promise P9 of the security specification).
    """
    event = AuditEvent(
        at=clock.now(),
        action=action,
        actor=getattr(by, "pk", None),
        role=getattr(by, "role", "") or "",
        surface=settings.WPIS_SURFACE,
        subject_kind=_kind(subject) if subject is not None else "",
        subject=subject.pk if subject is not None else None,
        detail=detail,
    )
    signed(event).save(force_insert=True)


def _kind(subject: models.Model) -> str:
    """What the trail calls this model: its label, or the label from before it was renamed (`audit_kind`)."""
    return getattr(subject, "audit_kind", subject._meta.label_lower)
