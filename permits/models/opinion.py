"""What an agency wrote to the office: in a table of its own, which the portal's database role cannot read."""

import pgtrigger
from django.db import models

from wpis.crypto.fields import EncryptedTextField


class OpinionText(models.Model):
    """The text of one opinion, for the office only. Written once."""

    check_row = models.OneToOneField(
        "permits.Check", on_delete=models.PROTECT, primary_key=True, related_name="office_text"
    )
    text = EncryptedTextField(max_length=4000)

    class Meta:
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]
