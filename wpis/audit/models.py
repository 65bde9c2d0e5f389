"""AuditEvent: who did or saw what, when, on which surface; append-only. AuditNote: what a person wrote about one.

DigestStart says since when rows bear digests, and since when changes of a table leave events.
"""

import uuid
from datetime import datetime

import pgtrigger
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models.fields.json import KeyTransform

from wpis.crypto.fields import EncryptedTextField
from wpis.database_roles import acts_here, demand, for_roles, happens_now

ENCRYPTED = "encrypted"
"""What stands in the detail of an event that has a note."""


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
        indexes = [
            # Who was shown in which list: only lists have the key, so only they cost an entry.
            GinIndex(
                OpClass(KeyTransform("shown", "detail"), name="jsonb_path_ops"),
                name="audit_shown",
                condition=models.Q(detail__has_key="shown"),
            ),
            models.Index(
                KeyTransform("account", "detail"),
                name="audit_tried_account",
                condition=models.Q(detail__has_key="account"),
            ),
        ]
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


class AuditNote(models.Model):
    """What a person wrote about an event, encrypted; the auditor alone reads it, and it goes when its time is over.

    The event stays without it: which reason was chosen stands in its detail. Nobody deletes a note of the last year.
    """

    event = models.OneToOneField(
        AuditEvent, on_delete=models.PROTECT, primary_key=True, related_name="written", db_column="event"
    )
    at = models.DateTimeField(db_index=True)
    text = EncryptedTextField(max_length=2000)

    class Meta:
        triggers = [
            pgtrigger.Protect(name="never_changed", operation=pgtrigger.Update),
            pgtrigger.Protect(
                name="kept_for_a_year",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Condition("OLD.at > clock_timestamp() - interval '365 days'"),
            ),
            happens_now("at"),
        ]


class DigestStart(models.Model):
    """Since when the rows of one table bear digests, and how many older ones there are; written by migrations alone.

    A row without a digest is older only if its moment is, and there are never more of them than were counted.
    Of a table without digests it says since when its changes leave an event (`wpis.audit.verification.Trace`).
    """

    table = models.CharField(max_length=63, primary_key=True)
    at = models.DateTimeField()
    rows = models.BigIntegerField()

    @classmethod
    def began(cls, model: type[models.Model]) -> datetime | None:
        """When the table of this model got digests or traces; None when that is not known: then nothing is older."""
        found: datetime | None = (
            cls.objects.filter(pk=model._meta.db_table).values_list("at", flat=True).first()
        )
        return found
