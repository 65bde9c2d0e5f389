"""Ruleset: everything that runs and explains, as data, and who answers for it."""

import uuid
from typing import Any

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _


class RulesetStatus(models.TextChoices):
    """A proposed one waits for a second person; a shadow is computed and raises nothing; one is live; a retired
    one explains old findings.
    """

    PROPOSED = "proposed", _("Proposed")
    SHADOW = "shadow", _("Shadow")
    LIVE = "live", _("Live")
    RETIRED = "retired", _("Retired")


class Ruleset(models.Model):
    """Rules, texts, typologies and terms in one document (`alerts.rules.content` reads it); never changed.

    Nothing of it is looked up in the code, so it answers and explains the same whatever the code has become.
    `digest` names the content: caches go by it, and content that does not fit it is not run.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=60)
    version = models.CharField(max_length=20, unique=True)
    status = models.CharField(max_length=8, choices=RulesetStatus.choices, default=RulesetStatus.PROPOSED)
    content: Any = models.JSONField()
    digest = models.CharField(max_length=64, help_text="SHA-256 of the content as canonical JSON")
    proposed_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, related_name="+", db_constraint=False
    )
    approved_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, related_name="+", db_constraint=False
    )
    starts_at = models.DateTimeField(help_text="in force from")

    class Meta:
        ordering = ["-starts_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["status"], condition=models.Q(status=RulesetStatus.LIVE), name="ruleset_one_live"
            ),
            models.CheckConstraint(
                condition=models.Q(proposed_by=None)
                | models.Q(approved_by=None)
                | ~models.Q(proposed_by=models.F("approved_by")),
                name="ruleset_four_eyes",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="settled", fields=["name", "version", "content", "digest", "proposed_by"]
            ),
        ]

    def __str__(self) -> str:
        return self.version
