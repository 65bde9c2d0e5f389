"""Permit: the electronic confirmation that lets the foreigner work (Law on Foreigners art. 3 par. 7)."""

import uuid

import pgtrigger
from django.db import models

from permits import role_rules


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
