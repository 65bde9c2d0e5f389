"""AuditEvent: who did or saw what, when, on which surface; append-only. DigestStart: since when rows bear digests."""

import uuid
from datetime import datetime

import pgtrigger
from django.db import models

from wpis.database_roles import acts_here, demand, for_roles, happens_now


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
    keyed_digest = models.CharField(
        max_length=140, blank=True, default="", help_text="see `wpis.audit.digests`"
    )

    digested = (
        *("id", "at", "action", "actor", "role", "surface", "subject_kind", "subject"),
        "detail",
    )

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
            happens_now("at"),
            for_roles(
                "of_its_surface",
                pgtrigger.Insert,
                demand("'wpis_' || NEW.surface = current_user", "this role records for its own surface"),
                demand(
                    acts_here("actor"), "this account is not of this surface", when="NEW.actor IS NOT NULL"
                ),
                demand("NEW.keyed_digest <> ''", "an event bears the digest of the process that records it"),
                demand(
                    "NEW.action = 'documents.upload.check' AND NEW.actor IS NULL",
                    "this role records what it checked, and nothing else",
                    when="current_user = 'wpis_files'",
                ),
            ),
        ]


class DigestStart(models.Model):
    """Since when the rows of one table bear digests, and how many older ones there are; written by migrations alone.

    A row without a digest is older only if its moment is, and there are never more of them than were counted.
    """

    table = models.CharField(max_length=63, primary_key=True)
    at = models.DateTimeField()
    rows = models.BigIntegerField()

    @classmethod
    def began(cls, model: type[models.Model]) -> datetime | None:
        """When the table of this model got digests; None when that is not known, and then nothing is older."""
        found: datetime | None = (
            cls.objects.filter(pk=model._meta.db_table).values_list("at", flat=True).first()
        )
        return found
