"""AuditEvent: who did or saw what, when, on which surface; append-only, without foreign keys."""

import uuid

import pgtrigger
from django.db import models


class AuditEvent(models.Model):
    """One write, decision or sensitive read. The database refuses to change, delete or truncate it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField(db_index=True)
    action = models.CharField(max_length=80, help_text="what was done, as app.noun.verb")
    actor = models.UUIDField(null=True, db_index=True, help_text="the account; empty when the system acted")
    role = models.CharField(max_length=20, blank=True)
    surface = models.CharField(max_length=12)
    subject_kind = models.CharField(max_length=60, blank=True)
    subject = models.UUIDField(null=True, db_index=True)
    detail = models.JSONField(default=dict, help_text="field names, states, reasons; never personal data")

    class Meta:
        ordering = ["-at", "id"]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="never_emptied",
                level=pgtrigger.Statement,
                when=pgtrigger.Before,
                operation=pgtrigger.Truncate,
                func="RAISE EXCEPTION 'the audit trail is append-only';",
            ),
        ]
