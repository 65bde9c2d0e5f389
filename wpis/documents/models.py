"""Upload: a file that somebody sent, held in quarantine until it has been checked.

The bytes live in the database in a table of their own, sealed to their row. A directory would not be shared
between the hosts of the three surfaces, and one backup, one restore and one set of grants cover both the
record and its file; a national load of some hundred thousand scans a year stays within what PostgreSQL holds
well. Should that change, only `UploadContent` moves.
"""

import uuid

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from wpis.crypto.fields import EncryptedBytesField
from wpis.database_roles import demand, for_roles, happens_now

from .verdicts import FileType, Refusal


class State(models.TextChoices):
    """The state of an upload. Nothing is displayed before it is clean."""

    QUARANTINED = "quarantined", _("Being checked")
    CLEAN = "clean", _("Checked")
    REFUSED = "refused", _("Cannot be used")


class Upload(models.Model):
    """One file. The row that owns it says what kind of document it is."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.UUIDField(db_index=True, help_text="the record it belongs to")
    kind = models.CharField(max_length=40, help_text="what it is meant to be, in the owner's words")
    name = models.CharField(max_length=120, help_text="the sender's file name, cleaned")
    mime = models.CharField(max_length=20, choices=FileType.choices)
    size = models.PositiveIntegerField(help_text="bytes kept now")
    pages = models.PositiveSmallIntegerField(null=True, help_text="known after the check; a picture has one")
    received_sha256 = models.CharField(max_length=64, help_text="of the bytes that were sent")
    sha256 = models.CharField(max_length=64, help_text="of the bytes kept: pictures are re-encoded")
    state = models.CharField(max_length=12, choices=State.choices, default=State.QUARANTINED)
    reason = models.CharField(max_length=20, blank=True, help_text="a Refusal, only when refused")
    scanned_by = models.CharField(max_length=80, blank=True, help_text="what looked for malware; may be none")
    uploaded_by = models.UUIDField(help_text="the account")
    uploaded_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["uploaded_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="upload_refused_with_reason",
                condition=models.Q(state=State.REFUSED, reason__gt="")
                | (~models.Q(state=State.REFUSED) & models.Q(reason="")),
            ),
        ]
        triggers = [
            pgtrigger.FSM(
                name="verdict_once",
                field="state",
                transitions=[(State.QUARANTINED, State.CLEAN), (State.QUARANTINED, State.REFUSED)],
            ),
            pgtrigger.Protect(
                name="starts_in_quarantine",
                operation=pgtrigger.Insert,
                condition=pgtrigger.Q(new__state__df=State.QUARANTINED),
            ),
            for_roles(
                "checked_once",
                pgtrigger.Update,
                demand(f"OLD.state = '{State.QUARANTINED}'", "this file has been checked"),
            ),
            happens_now("uploaded_at", "checked_at"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def why(self) -> str:
        """Why it was refused, in words for the sender; empty when it was not."""
        return str(Refusal(self.reason).label) if self.reason else ""


class UploadContent(models.Model):
    """The bytes of an upload; deleted when it is refused."""

    upload = models.OneToOneField(Upload, models.PROTECT, primary_key=True, related_name="stored")
    content = EncryptedBytesField(null=True)

    class Meta:
        triggers = [
            for_roles(
                "until_checked",
                pgtrigger.Insert | pgtrigger.Update,
                demand(
                    "EXISTS (SELECT 1 FROM documents_upload WHERE id = NEW.upload_id AND state = 'quarantined')",
                    "this file has been checked",
                ),
            )
        ]
