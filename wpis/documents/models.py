"""Upload: a file that somebody sent, held in quarantine until it has been checked.

The bytes live in the database in a table of their own, sealed to their row. A directory would not be shared
between the hosts of the three surfaces, and one backup, one restore and one set of grants cover both the
record and its file; a national load of some hundred thousand scans a year stays within what PostgreSQL holds
well. Should that change, only `UploadContent` moves.
"""

import uuid
from datetime import datetime

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from wpis.crypto.fields import EncryptedBytesField
from wpis.database_roles import demand, for_roles, happens_now

from .queues import CheckedFile, FileCheck, FileTurn
from .verdicts import FileType, Refusal

__all__ = ["CheckedFile", "FileCheck", "FileTurn", "Sender", "State", "Upload", "UploadContent"]


class State(models.TextChoices):
    """The state of an upload. Nothing is displayed before it is clean."""

    QUARANTINED = "quarantined", _("Being checked")
    CLEAN = "clean", _("Checked")
    REFUSED = "refused", _("Cannot be used")
    UNCHECKED = "unchecked", _("Could not be checked")


CANNOT_BE_USED = (State.REFUSED, State.UNCHECKED)
"""Nobody will ever see such a file: its bytes are gone, and its sender is told why."""


class Upload(models.Model):
    """One file. The row that owns it says what kind of document it is.

    The outcome of its check bears the digest of the process that checked it, under a key of that process (see
    `wpis.audit.digests`): bytes are shown only when row and bytes are the ones that were cleared (`reading`).
    """

    surface = "files"  # whose key digests the outcome
    digested = (
        *("id", "owner", "kind", "mime", "size", "pages", "received_sha256", "sha256"),
        *("state", "reason", "scanned_by", "checked_at"),
    )
    without_digest = models.Q(state=State.QUARANTINED)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.UUIDField(db_index=True, help_text="the record it belongs to")
    party = models.UUIDField(
        null=True, help_text="the company for which it was sent; unknown of files of release 0.1.0"
    )
    kind = models.CharField(max_length=40, help_text="what it is meant to be, in the owner's words")
    name = models.CharField(max_length=120, help_text="the sender's file name, cleaned")
    mime = models.CharField(max_length=20, choices=FileType.choices)
    size = models.PositiveIntegerField(help_text="bytes kept now")
    pages = models.PositiveSmallIntegerField(null=True, help_text="known after the check; a picture has one")
    received_sha256 = models.CharField(max_length=64, help_text="of the bytes that were sent")
    sha256 = models.CharField(max_length=64, help_text="of the bytes kept: pictures are re-encoded")
    state = models.CharField(max_length=12, choices=State.choices, default=State.QUARANTINED)
    reason = models.CharField(max_length=20, blank=True, help_text="a Refusal, where it cannot be used")
    scanned_by = models.CharField(max_length=80, blank=True, help_text="what looked for malware; may be none")
    uploaded_by = models.UUIDField(help_text="the account")
    uploaded_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True)
    keyed_digest = models.CharField(
        max_length=140, blank=True, default="", db_default="", help_text="of the outcome; empty before it"
    )

    class Meta:
        ordering = ["uploaded_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="upload_refused_with_reason",
                condition=models.Q(state__in=CANNOT_BE_USED, reason__gt="")
                | (~models.Q(state__in=CANNOT_BE_USED) & models.Q(reason="")),
            ),
        ]
        indexes = [
            models.Index(fields=["party", "-uploaded_at"], name="upload_of_party"),
            models.Index(fields=["uploaded_by", "-uploaded_at"], name="upload_of_account"),
            models.Index(fields=["party"], name="upload_waits", condition=models.Q(state=State.QUARANTINED)),
        ]
        triggers = [
            pgtrigger.FSM(
                name="verdict_once",
                field="state",
                transitions=[(State.QUARANTINED, state) for state in (State.CLEAN, *CANNOT_BE_USED)],
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
                demand(
                    "NEW.keyed_digest <> ''",
                    "an outcome bears the digest of the process that checks",
                    when="NEW.state <> OLD.state",
                ),
            ),
            for_roles(
                "added_unchecked",
                pgtrigger.Insert,
                demand(
                    "NEW.keyed_digest = '' AND NEW.checked_at IS NULL AND NEW.scanned_by = ''",
                    "a file has no outcome before its check",
                ),
            ),
            happens_now("uploaded_at", "checked_at"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def at(self) -> datetime:
        """The moment that decides whether it is older than digests."""
        return self.checked_at or self.uploaded_at

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


class Sender(models.Model):
    """A company or an account that sent a file; the row is locked while its files are counted (`quotas`)."""

    id = models.UUIDField(primary_key=True, editable=False)
    last_at = models.DateTimeField(help_text="when it last sent one")

    def __str__(self) -> str:
        return str(self.id)
