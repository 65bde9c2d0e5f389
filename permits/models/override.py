"""CheckOverride: that a decision shall not wait for one check, requested by one supervisor, confirmed by another."""

import uuid

import pgtrigger
from django.db import models

from permits import role_rules


class CheckOverride(models.Model):
    """One request. What was asked never changes; it is settled once, by whoever confirms or declines it.

    A confirmed one sets `overridden_at`, `overridden_by` (who requested it) and `override_reason` of its check.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    check_row = models.ForeignKey("permits.Check", on_delete=models.PROTECT, related_name="overrides")
    requested_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    reason = models.TextField(max_length=1000)
    waits_until = models.DateTimeField(help_text="not confirmed before (a parameter of the law book)")
    settled_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)
    confirmed = models.BooleanField(
        null=True, help_text="true when confirmed, false when declined or withdrawn"
    )
    return_reason = models.TextField(
        max_length=1000, blank=True, help_text="why it was declined or withdrawn"
    )
    alone = models.BooleanField(
        default=False, help_text="confirmed by nobody: of a release that asked one supervisor only"
    )

    class Meta:
        ordering = ["-requested_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["check_row"], condition=models.Q(settled_at=None), name="one_open_override"
            ),
            models.CheckConstraint(
                name="override_settled_whole",
                condition=models.Q(settled_at=None, settled_by=None, confirmed=None, alone=False)
                | models.Q(
                    settled_at__isnull=False, settled_by__isnull=False, confirmed__isnull=False, alone=False
                )
                | models.Q(settled_at__isnull=False, settled_by=None, confirmed=True, alone=True),
            ),
            models.CheckConstraint(
                name="override_confirmed_by_a_second",
                condition=~models.Q(confirmed=True, settled_by=models.F("requested_by")),
            ),
            models.CheckConstraint(
                name="override_waited",
                condition=~models.Q(confirmed=True, settled_at__lt=models.F("waits_until")),
            ),
        ]
        indexes = [
            models.Index(fields=["-requested_at", "id"], name="override_newest"),
        ]
        triggers = [
            pgtrigger.Protect(
                name="starts_open",
                operation=pgtrigger.Insert,
                condition=pgtrigger.Q(new__settled_at__isnull=False) | pgtrigger.Q(new__alone=True),
            ),
            pgtrigger.ReadOnly(
                name="as_requested",
                fields=["check_row", "requested_by", "requested_at", "reason", "waits_until", "alone"],
            ),
            pgtrigger.Protect(
                name="settled_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__settled_at__isnull=False),
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            *role_rules.overrides(),
        ]
