"""The team of a case beside its caseworker, and the reasons with which others read it."""

import uuid

import pgtrigger
from django.db import models

from referral.models.kept import never_changed, never_deleted
from referral.states import MemberKind, OutsideReason
from wpis.crypto.fields import EncryptedTextField


class CaseMember(models.Model):
    """A colleague who may read a case: named by its caseworker, or its caseworker before."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey("referral.Case", on_delete=models.PROTECT, related_name="members")
    member = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", db_constraint=False
    )
    kind = models.CharField(max_length=8, choices=MemberKind.choices, default=MemberKind.NAMED)
    added_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", db_constraint=False
    )
    added_at = models.DateTimeField()
    removed_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, related_name="+", db_constraint=False
    )
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["added_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "member"],
                condition=models.Q(removed_at=None),
                name="referral_member_once",
            )
        ]
        triggers = [
            never_changed("as_added", "case_id", "member_id", "kind", "added_by_id", "added_at"),
            pgtrigger.Protect(
                name="removed_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__removed_at__isnull=False),
            ),
            never_deleted(),
        ]


class OutsideAccess(models.Model):
    """Somebody outside the team said why they must read a case, and reads it for some hours."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey("referral.Case", on_delete=models.PROTECT, related_name="outside_accesses")
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", db_constraint=False)
    reason = models.CharField(max_length=16, choices=OutsideReason.choices)
    note = EncryptedTextField(max_length=1000, null=True)
    at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "id"]
        indexes = [models.Index(fields=["case", "by", "ends_at"], name="referral_outside_access")]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]
