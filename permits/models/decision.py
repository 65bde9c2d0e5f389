"""Questions to the employer, and decisions: proposed by one officer, confirmed by another."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from permits import role_rules


class Question(models.Model):
    """What an officer asked the employer to correct or explain. While it is open the decision clock is paused."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey("permits.Application", on_delete=models.PROTECT, related_name="questions")
    text = models.TextField(_("question"), max_length=2000)
    sections = ArrayField(
        models.CharField(max_length=20), default=list, help_text="parts opened for correction"
    )
    asked_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answer_by = models.DateField(help_text="last day to answer (a parameter of the law book)")
    answer = models.TextField(_("answer"), max_length=4000, blank=True)
    answered_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=models.Q(answered_at=None), name="one_open_question"
            )
        ]
        triggers = role_rules.questions()


class Outcome(models.TextChoices):
    """What a decision says."""

    APPROVAL = "approval", _("Approve")
    REFUSAL = "refusal", _("Refuse")


class Decision(models.Model):
    """A proposed decision and what became of it. An open one has no `settled_at`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey("permits.Application", on_delete=models.PROTECT, related_name="decisions")
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    ground = models.CharField(max_length=40, help_text="code of the legal ground in the law book")
    reason = models.TextField(_("reasons"), max_length=4000)
    proposed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    settled_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)
    confirmed = models.BooleanField(null=True, help_text="true when confirmed, false when returned")
    appeal_until = models.DateField(null=True, help_text="last day to appeal, printed on a refusal")
    return_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["proposed_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=models.Q(settled_at=None), name="one_open_decision"
            ),
            models.CheckConstraint(
                name="settled_by_a_second_person",
                condition=models.Q(settled_by=None) | ~models.Q(settled_by=models.F("proposed_by")),
            ),
        ]
        triggers = role_rules.decisions()
