"""Screening: one submission was put to one ruleset; Finding: what one indicator said about it."""

import uuid
from typing import Any

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _


class ScreeningState(models.TextChoices):
    """Whether the ruleset could be put to the submission at all."""

    SCREENED = "screened", _("Screened")
    COULD_NOT_CHECK = "could_not_check", _("Could not check")


class Screening(models.Model):
    """One submission under one ruleset; a failed one may still succeed, a finished one stands."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    submission = models.ForeignKey(
        "permits.Submission",
        on_delete=models.DO_NOTHING,
        related_name="+",
        db_constraint=False,
        db_index=False,  # the unique constraint below begins with it
    )
    application = models.UUIDField(null=True, help_text="empty while the submission could not even be read")
    ruleset = models.ForeignKey(
        "alerts.Ruleset", on_delete=models.PROTECT, related_name="screenings", db_index=False
    )
    state = models.CharField(max_length=16, choices=ScreeningState.choices)
    error = models.CharField(max_length=120, blank=True, help_text="class of the error, no data")
    facts = models.ForeignKey(
        "alerts.Facts", on_delete=models.PROTECT, null=True, related_name="screenings", db_index=False
    )
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["submission", "ruleset"], name="screening_once"),
            models.CheckConstraint(
                condition=models.Q(
                    state=ScreeningState.SCREENED, facts__isnull=False, application__isnull=False
                )
                | models.Q(state=ScreeningState.COULD_NOT_CHECK, facts=None),
                name="screening_has_facts",
            ),
        ]
        indexes = [
            models.Index(fields=["application", "-at", "id"], name="screening_of_application"),
            models.Index(
                fields=["at", "id"],
                condition=models.Q(state=ScreeningState.COULD_NOT_CHECK),
                name="screening_not_checked",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="result_stands",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state=ScreeningState.SCREENED),
            ),
            pgtrigger.Protect(
                name="of_its_application",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__application__isnull=False)
                & pgtrigger.Q(new__application__df=pgtrigger.F("old__application")),
            ),
        ]


class FindingOutcome(models.TextChoices):
    """Clear answers are not stored: they are what is in the ruleset and not here."""

    HIT = "hit", _("Found")
    UNKNOWN = "unknown", _("Not checked")


class Finding(models.Model):
    """One indicator that hit, or could not be checked, with the values it looked at."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    screening = models.ForeignKey(
        Screening, on_delete=models.PROTECT, related_name="findings", db_index=False
    )  # the unique constraint begins with it
    indicator = models.CharField(max_length=4)
    version = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=8, choices=FindingOutcome.choices)
    values: Any = models.JSONField(help_text="facts and thresholds by name, as they were")

    class Meta:
        ordering = ["indicator"]
        constraints = [
            models.UniqueConstraint(fields=["screening", "indicator"], name="finding_once"),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]
