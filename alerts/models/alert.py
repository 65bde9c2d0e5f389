"""Alert: findings of one screening that together ask a person to look."""

import uuid
from typing import Any

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models

from alerts.evidence import Level
from alerts.states import ALERT_STATES, Category, Outcome, State
from wpis.states import StateChange


def _person() -> Any:
    return models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, related_name="+", db_constraint=False
    )


class Alert(models.Model):
    """Something that a person must look at; it never delays, refuses or changes a permit by itself.

    Ids and references are random, so they say nothing about how many there are.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(max_length=16, unique=True, editable=False)
    screening = models.OneToOneField("alerts.Screening", on_delete=models.PROTECT, related_name="alert")
    application = models.UUIDField(db_index=True)
    earlier = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        related_name="later",
        help_text="about the same application",
    )
    level = models.CharField(max_length=10, choices=Level.choices)
    rank = models.PositiveSmallIntegerField(help_text="order of the level, for sorting")
    typologies = ArrayField(models.CharField(max_length=40))
    child = models.BooleanField(default=False, help_text="the person may be under 18: child procedure")
    state = models.CharField(max_length=20, choices=State.choices, default=State.NEW)
    owner = _person()
    proposed_by = _person()
    category = models.CharField(max_length=12, choices=Category.choices, blank=True)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    case_reference = models.CharField(max_length=20, blank=True)
    outcome = models.CharField(max_length=16, choices=Outcome.choices, blank=True)
    outcome_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["state", "-rank", "created_at", "id"], name="alert_queue"),
            models.Index(fields=["owner", "state", "-rank", "created_at", "id"], name="alert_mine"),
        ]
        triggers = [
            *ALERT_STATES.triggers(),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.reference


class AlertChange(StateChange):
    """One step of an alert."""

    subject = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="changes")

    class Meta(StateChange.Meta):
        indexes = [models.Index(fields=["subject", "at"], name="change_of_alert")]
