"""Case: one person whom a caseworker looks after, known here by an alias, and the history of its states."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from referral.models.closing import no_concern_by_two
from referral.models.kept import never_changed, never_deleted
from referral.references import new_alias, new_reference
from referral.states import CASE_STATES, CaseOutcome, CaseState, Interviewer
from wpis.crypto.fields import EncryptedJSONField, EncryptedTextField
from wpis.states import StateChange

AS_OPENED = ("reference", "alias", "alert", "level", "person", "why", "opened_at", "pre_identification_due")


def _reference() -> str:
    return new_reference("C")


class Case(models.Model):
    """One case. What is known of the person is encrypted in `person`: only fields of the catalogue."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(max_length=14, unique=True, default=_reference, editable=False)
    alias = models.CharField(max_length=40, default=new_alias, editable=False)
    alert = models.UUIDField(
        unique=True, help_text="id of the confirmed alert in the app below; no foreign key"
    )
    state = models.CharField(max_length=12, choices=CaseState.choices, default=CaseState.OPEN)
    level = models.CharField(max_length=10, help_text="as confirmed by the analyst")
    child = models.BooleanField(
        help_text="under 18, or age in doubt: then a child is presumed (CETS 197 art. 10(3))"
    )
    person = EncryptedJSONField(help_text="catalogue field -> value, copied when the case was opened")
    why = EncryptedJSONField(help_text="what the analyst said, and what could not be checked, by language")
    caseworker = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", db_constraint=False
    )
    opened_at = models.DateTimeField()
    pre_identification_due = models.DateField(help_text="last day of the pre-identification")
    closed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=16, choices=CaseOutcome.choices, blank=True)
    language = models.CharField(_("language to speak in"), max_length=3, blank=True)
    interviewer_wish = models.CharField(
        _("whom the person wishes to speak with"), max_length=10, choices=Interviewer.choices, blank=True
    )
    contact_how = EncryptedTextField(_("safe way to reach the person"), max_length=500, null=True)
    contact_when = EncryptedTextField(_("safe times"), max_length=300, null=True)
    contact_say = EncryptedTextField(_("what to say if somebody else answers"), max_length=300, null=True)

    class Meta:
        indexes = [
            models.Index(fields=["state", "pre_identification_due", "id"], name="referral_case_queue"),
            models.Index(fields=["caseworker", "state", "id"], name="referral_case_mine"),
        ]
        triggers = [
            *CASE_STATES.triggers(),
            never_changed("as_opened", *AS_OPENED),
            no_concern_by_two(),
            never_deleted(),
        ]

    def __str__(self) -> str:
        return self.alias


class CaseChange(StateChange):
    """One step of a case; the reason in words is an encrypted note."""

    subject = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="changes")

    class Meta(StateChange.Meta):
        indexes = [models.Index(fields=["subject", "at"], name="referral_change_of_case")]
