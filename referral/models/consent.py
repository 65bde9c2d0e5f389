"""Consent: the person's answer about one purpose and one agency; never changed, only withdrawn."""

import uuid

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from referral.models.kept import never_changed, never_deleted
from referral.states import Answer, Explained, HowGiven
from wpis.crypto.fields import EncryptedTextField

AS_GIVEN = (
    *("case_id", "agency", "purpose", "answer", "fields", "explained", "wording", "language", "interpreter"),
    *("how_given", "valid_until", "recorded_by_id", "recorded_at"),
)


class Consent(models.Model):
    """One answer. The newest answer for (case, agency, purpose) counts."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey("referral.Case", on_delete=models.PROTECT, related_name="consents")
    agency = models.SlugField(max_length=60)
    purpose = models.SlugField(max_length=40)
    answer = models.CharField(_("answer"), max_length=8, choices=Answer.choices)
    fields = ArrayField(
        models.CharField(max_length=40), default=list, help_text="what may be shared; empty without a yes"
    )
    explained = ArrayField(models.CharField(max_length=12, choices=Explained.choices), default=list)
    wording = models.CharField(max_length=10, help_text="version of what was explained")
    language = models.CharField(_("language of the talk"), max_length=3)
    interpreter = EncryptedTextField(_("interpreter"), max_length=150, null=True)
    how_given = models.CharField(_("how the answer was given"), max_length=8, choices=HowGiven.choices)
    valid_until = models.DateField(null=True)
    recorded_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", db_constraint=False
    )
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, related_name="+", db_constraint=False
    )

    class Meta:
        ordering = ["-recorded_at", "id"]
        indexes = [
            models.Index(fields=["case", "agency", "purpose", "-recorded_at"], name="referral_consent_newest")
        ]
        constraints = [
            models.CheckConstraint(
                name="referral_consent_fields_only_with_yes",
                condition=models.Q(answer=Answer.YES) | models.Q(fields=[]),
            )
        ]
        triggers = [
            never_changed("as_given", *AS_GIVEN),
            pgtrigger.Protect(
                name="withdrawn_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__withdrawn_at__isnull=False),
            ),
            never_deleted(),
        ]
