"""Why a person proposes or confirms an approval although the contract breaks a limit of the law."""

import uuid

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models

from permits import role_rules
from wpis.crypto.fields import EncryptedTextField


class LimitJustification(models.Model):
    """The reason of one of the two persons of a decision, for the office only. Written once.

    An approval of a file that breaks limits of the law has one of the proposer and, once confirmed, one of the second
    person. The portal's database role cannot read them.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    decision = models.ForeignKey("permits.Decision", on_delete=models.PROTECT, related_name="justifications")
    limits = ArrayField(models.CharField(max_length=20), help_text="which limits, by their names")
    reason = EncryptedTextField(max_length=2000)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "by"], name="one_justification_of_each_person"),
            models.CheckConstraint(name="justification_names_limits", condition=models.Q(limits__len__gt=0)),
        ]
        indexes = [models.Index(fields=["at"], name="justification_at")]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            *role_rules.justifications(),
        ]

    def __str__(self) -> str:
        return ", ".join(self.limits)
