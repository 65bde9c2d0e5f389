"""Submission: what was filed, sealed and immutable; the checks it waits for; the row that hands it on."""

import uuid
from typing import ClassVar

import pgtrigger
from django.db import models

from permits.checks.kinds import CheckKind
from wpis.crypto.fields import EncryptedJSONField
from wpis.outbox import OutboxRow


class Submission(models.Model):
    """A numbered snapshot of an application at the moment of filing or answering. Never changed, never deleted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(
        "permits.Application", on_delete=models.PROTECT, related_name="submissions"
    )
    number = models.PositiveSmallIntegerField()
    snapshot = EncryptedJSONField()
    digest = models.CharField(max_length=64, help_text="SHA-256 of the canonical snapshot")
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["application", "number"]
        constraints = [models.UniqueConstraint(fields=["application", "number"], name="submission_numbered")]
        triggers = [pgtrigger.Protect(name="immutable", operation=pgtrigger.Update | pgtrigger.Delete)]


class Check(models.Model):
    """One check of one submission. It says only whether it has completed: the same for every file."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="checks")
    kind = models.CharField(max_length=12, choices=CheckKind.choices)
    requested_at = models.DateTimeField()
    completed_at = models.DateTimeField(null=True)
    superseded_at = models.DateTimeField(null=True, help_text="a newer submission has its own checks")
    overridden_at = models.DateTimeField(null=True)
    overridden_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    override_reason = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["submission", "kind"], name="check_once")]
        triggers = [
            # Who files or decides cannot also say that the automatic check is done, nor the portal override one.
            pgtrigger.Trigger(
                name="done_elsewhere",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                declare=[("was", "permits_check")],
                func="""
                    IF TG_OP = 'UPDATE' THEN was := OLD; END IF;
                    IF current_user IN ('wpis_portal', 'wpis_office') AND NEW.kind = 'automatic'
                       AND NEW.completed_at IS DISTINCT FROM was.completed_at THEN
                        RAISE EXCEPTION 'this role does not complete automatic checks';
                    END IF;
                    IF current_user = 'wpis_portal'
                       AND NEW.overridden_at IS DISTINCT FROM was.overridden_at THEN
                        RAISE EXCEPTION 'this role does not override checks';
                    END IF;
                    RETURN NEW;
                """,
            )
        ]


class FeedItem(OutboxRow):
    """Hands every submission to whoever reads `permits.feed`; one row each, all alike. `key` is the submission."""

    queue: ClassVar[str] = "restricted"
    task: ClassVar[str] = "work.restricted"
