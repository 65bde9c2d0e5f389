"""Permit: the electronic confirmation that lets the foreigner work (Law on Foreigners art. 3 par. 7).

The code of a permit stays as it was issued; a later signature is a row of its own.
"""

import uuid
from datetime import date

import pgtrigger
from django.db import models

from permits import role_rules
from permits.states import PermitState, permit_state


class Permit(models.Model):
    """One issued permit: for one worker, one employer, one job and a term."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=16, unique=True)
    application = models.OneToOneField("permits.Application", on_delete=models.PROTECT, related_name="permit")
    submission = models.ForeignKey("permits.Submission", on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_until = models.DateField()
    ground = models.CharField(max_length=40)
    issued_at = models.DateTimeField()
    code = models.TextField(help_text="signed permit code (CWT, Ed25519) as printed in the QR code")
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="as_issued", exclude=["revoked_at"]),
            *role_rules.permits(),
        ]

    def state_on(self, day: date) -> PermitState:
        """Whether it is valid on this day, not yet, no longer, or revoked."""
        return permit_state(self.valid_from, self.valid_until, self.revoked_at, on=day)

    @property
    def last_signing(self) -> "PermitSigning | None":
        """The newest signature after the first one; None while the permit stands as it was issued."""
        return self.signings.exclude(signed_at=None).order_by("-signed_at", "-ordered_at").first()


class PermitSigning(models.Model):
    """A permit whose key was stolen: the owner of the database orders that it is signed again, the office signs it.

    The permit keeps the code that it was issued with, and each signature stays: whoever holds an older print can be
    told that it is one.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    permit = models.ForeignKey(Permit, on_delete=models.PROTECT, related_name="signings")
    former_kid = models.CharField(max_length=64, help_text="the key that no longer counts")
    ordered_at = models.DateTimeField()
    kid = models.CharField(max_length=64, blank=True, default="", help_text="the key of the new signature")
    code = models.TextField(
        blank=True, default="", help_text="the new signed code; the former one stays beside it"
    )
    signed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["permit", "former_kid"], name="permits_permitsigning_once_a_key"),
            models.CheckConstraint(
                name="permits_permitsigning_whole",
                condition=models.Q(signed_at=None, kid="", code="")
                | models.Q(signed_at__isnull=False, kid__gt="", code__gt=""),
            ),
        ]
        indexes = [
            models.Index(fields=["id"], name="permitsigning_open", condition=models.Q(signed_at__isnull=True))
        ]
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="as_ordered", fields=["permit", "former_kid", "ordered_at"]),
            *role_rules.signings(),
        ]
