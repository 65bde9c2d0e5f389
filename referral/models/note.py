"""Note: what a caseworker wrote on a case; append-only and encrypted."""

import uuid

import pgtrigger
from django.db import models

from referral.states import NoteKind
from wpis.crypto.fields import EncryptedTextField


class Note(models.Model):
    """A note, a contact, or the reason for a step."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey("referral.Case", on_delete=models.PROTECT, related_name="notes")
    kind = models.CharField(max_length=8, choices=NoteKind.choices, default=NoteKind.NOTE)
    text = EncryptedTextField(max_length=4000)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", db_constraint=False)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "id"]
        indexes = [models.Index(fields=["case", "-at"], name="referral_note_of_case")]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]
