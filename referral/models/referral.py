"""Referral: what was sent to one agency for one purpose, and its course."""

import uuid

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models

from referral.models.kept import never_changed, never_deleted
from referral.references import new_reference
from referral.states import OPEN_REFERRALS, REFERRAL_STATES, ReferralState
from wpis.crypto.fields import EncryptedJSONField, EncryptedTextField
from wpis.database_roles import demand, for_roles
from wpis.states import StateChange

AS_SENT = (
    *("reference", "case_id", "agency", "purpose", "legal_ground", "consent_id"),
    *("fields", "packet", "digest", "reason", "token", "sent_by_id", "sent_at", "answer_due_at"),
)
"""Columns that never change after the sending."""


def _reference() -> str:
    return new_reference("R")


class Referral(models.Model):
    """One referral. Its own reference keeps two agencies from finding out that they hold the same case."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(max_length=14, unique=True, default=_reference, editable=False)
    case = models.ForeignKey("referral.Case", on_delete=models.PROTECT, related_name="referrals")
    agency = models.SlugField(max_length=60)
    purpose = models.SlugField(max_length=40)
    legal_ground = models.TextField()
    consent = models.ForeignKey(
        "referral.Consent", on_delete=models.PROTECT, null=True, related_name="referrals"
    )
    reason = EncryptedTextField(null=True, max_length=1000, help_text="why it was sent without being asked")
    fields = ArrayField(models.CharField(max_length=40), help_text="what was shared, by name")
    packet = EncryptedJSONField(help_text="field -> value as sent; null is 'not recorded'")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the packet")
    token = models.UUIDField(help_text="of the form that sent it; a second click finds this row")
    state = models.CharField(max_length=10, choices=ReferralState.choices, default=ReferralState.SENT)
    sent_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", db_constraint=False
    )
    sent_at = models.DateTimeField()
    answer_due_at = models.DateTimeField()
    access_until = models.DateTimeField(help_text="the agency can read it before this moment only")
    answered_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, related_name="+", db_constraint=False
    )
    answered_at = models.DateTimeField(null=True)
    decline_reason = EncryptedTextField(null=True, max_length=1000)
    escalated_at = models.DateTimeField(null=True, help_text="nobody answered in time")
    outcome = models.SlugField(max_length=40, blank=True)
    outcome_note = EncryptedTextField(null=True, max_length=2000)
    outcome_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, related_name="+", db_constraint=False
    )
    outcome_at = models.DateTimeField(null=True)

    audit_kind = "referral.disclosure"  # as the audit trail has called it from the first day

    class Meta:
        db_table = "referral_disclosure"  # what is encrypted here is bound to this name
        ordering = ["-sent_at", "id"]
        indexes = [
            models.Index(fields=["agency", "state", "answer_due_at", "id"], name="referral_item_of_agency"),
            models.Index(fields=["case", "-sent_at"], name="referral_item_of_case"),
            models.Index(
                fields=["answer_due_at", "id"],
                name="referral_item_unanswered",
                condition=models.Q(state=ReferralState.SENT),
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["case", "token"], name="referral_disclosure_one_click"),
            models.UniqueConstraint(
                fields=["case", "agency", "purpose"],
                condition=models.Q(state__in=sorted(OPEN_REFERRALS)),
                name="referral_disclosure_one_open",
            ),
        ]
        triggers = [
            *REFERRAL_STATES.triggers(),
            never_changed("as_sent", *AS_SENT),
            for_roles(
                "access_not_prolonged",
                pgtrigger.Update,
                demand("NEW.access_until <= OLD.access_until", "the time to read is only ever shortened"),
            ),
            never_deleted(),
        ]

    def __str__(self) -> str:
        return self.reference


class ReferralChange(StateChange):
    """One step of a referral."""

    subject = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="changes")

    class Meta(StateChange.Meta):
        db_table = "referral_disclosurechange"
        indexes = [models.Index(fields=["subject", "at"], name="referral_change_of_item")]
