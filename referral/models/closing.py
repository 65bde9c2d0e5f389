"""ClosingProposal: a caseworker wants to close a case that only a second person may close."""

import uuid

import pgtrigger
from django.db import models

from referral.models.kept import never_changed, never_deleted
from referral.states import CaseOutcome, CaseState, ClosingDecision
from wpis.crypto.fields import EncryptedTextField

UNDECIDED = ""


class ClosingProposal(models.Model):
    """One proposal; at most one of a case is undecided."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey("referral.Case", on_delete=models.PROTECT, related_name="closing_proposals")
    outcome = models.CharField(max_length=16, choices=CaseOutcome.choices)
    reason = EncryptedTextField(max_length=1000)
    proposed_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", db_constraint=False
    )
    proposed_at = models.DateTimeField()
    decision = models.CharField(max_length=10, choices=ClosingDecision.choices, blank=True)
    decided_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, related_name="+", db_constraint=False
    )
    decided_at = models.DateTimeField(null=True)
    refusal = EncryptedTextField(max_length=1000, null=True)

    class Meta:
        ordering = ["proposed_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(decision=UNDECIDED), name="referral_closing_one_open"
            ),
            models.CheckConstraint(
                name="referral_closing_second_person",
                condition=~models.Q(decision__in=[ClosingDecision.CONFIRMED, ClosingDecision.REFUSED])
                | (models.Q(decided_by__isnull=False) & ~models.Q(decided_by=models.F("proposed_by"))),
            ),
        ]
        triggers = [
            never_changed("as_proposed", "case_id", "outcome", "reason", "proposed_by_id", "proposed_at"),
            pgtrigger.Protect(
                name="first_undecided",
                operation=pgtrigger.Insert,
                condition=pgtrigger.Q(new__decision__df=UNDECIDED),
            ),
            pgtrigger.Protect(
                name="decided_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__decision__df=UNDECIDED),
            ),
            never_deleted(),
        ]


def no_concern_by_two() -> pgtrigger.Trigger:
    """Refuse to close a case as "no concern" without a second person's confirmation of that moment."""
    return pgtrigger.Trigger(
        name="no_concern_by_two",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.Condition(
            f"NEW.state = '{CaseState.CLOSED}' AND NEW.outcome = '{CaseOutcome.NO_CONCERN}'"
            " AND (OLD.state, OLD.outcome) IS DISTINCT FROM (NEW.state, NEW.outcome)"
        ),
        func=f"""
            IF NOT EXISTS (
                SELECT FROM referral_closingproposal AS proposal
                WHERE proposal.case_id = NEW.id AND proposal.outcome = NEW.outcome
                AND proposal.decision = '{ClosingDecision.CONFIRMED}' AND proposal.decided_at = NEW.closed_at
            ) THEN
                RAISE EXCEPTION 'a case is closed as no concern by two persons';
            END IF;
            RETURN NEW;
        """,
    )
