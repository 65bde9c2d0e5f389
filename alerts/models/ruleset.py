"""Ruleset: which indicators run, in which version, with which thresholds, and who answers for it."""

import uuid
from typing import Any

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _


class RulesetStatus(models.TextChoices):
    """A shadow is computed and raises nothing; one is live; a retired one explains old findings."""

    SHADOW = "shadow", _("Shadow")
    LIVE = "live", _("Live")
    RETIRED = "retired", _("Retired")


class Ruleset(models.Model):
    """`indicators` is {"A01": {"version": 1, "thresholds": {"tolerance": 1}}, ...}; it is never changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=60)
    version = models.CharField(max_length=20, unique=True)
    status = models.CharField(max_length=8, choices=RulesetStatus.choices, default=RulesetStatus.SHADOW)
    indicators: Any = models.JSONField()
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
            pgtrigger.ReadOnly(name="settled", fields=["name", "version", "indicators", "proposed_by"]),
        ]

    def __str__(self) -> str:
        return self.version
