"""Application: the file of one request for a work permit, its documents, and the history of its states."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from permits import role_rules
from permits.case_types.registry import LONGEST_SLUG, choices
from permits.document_kinds import DocumentKind
from permits.states import APPLICATION_STATES, OPEN, TAKE_OVER, State
from wpis.states import StateChange

__all__ = ["Application", "ApplicationChange", "ApplicationDocument", "State"]


class Application(models.Model):
    """One request. What was filed lies in immutable submissions; the sections hold the working copy."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(max_length=16, unique=True, null=True, editable=False)  # noqa: DJ001 unique when set
    kind = models.CharField(max_length=LONGEST_SLUG, choices=choices, default="new")
    state = models.CharField(max_length=20, choices=State.choices, default=State.DRAFT)
    employer = models.ForeignKey("permits.Employer", on_delete=models.PROTECT, related_name="applications")
    created_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=2, default="hy", help_text="language of letters to the employer")
    created_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, help_text="first receipt; never changes afterwards")
    regime = models.CharField(max_length=6, blank=True, help_text="the rule set of the day of first receipt")
    due_on = models.DateField(
        null=True, help_text="decision date; moves only by the days an answer was awaited"
    )
    paused_on = models.DateField(null=True, help_text="since when an answer of the employer is awaited")
    officer = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            # One index for each list of the office, in the order of that list: a page costs its 25 rows.
            models.Index(fields=["state", "due_on", "submitted_at", "id"], name="application_queue"),
            models.Index(
                fields=["due_on", "submitted_at", "id"],
                name="application_open",
                condition=models.Q(state__in=sorted(OPEN)),
            ),
            models.Index(
                fields=["officer", "due_on", "submitted_at", "id"],
                name="application_mine",
                condition=models.Q(state__in=sorted(OPEN)),
            ),
            models.Index(
                fields=["due_on", "submitted_at", "id"],
                name="application_to_confirm",
                condition=models.Q(state__in=[State.APPROVAL_PROPOSED, State.REFUSAL_PROPOSED]),
            ),
            models.Index(
                models.F("decided_at").desc(),
                "id",
                name="application_decided",
                condition=models.Q(decided_at__isnull=False),
            ),
            models.Index(fields=["employer", "-created_at", "id"], name="application_of_employer"),
        ]
        triggers = [*APPLICATION_STATES.triggers(), *role_rules.approvals()]

    def __str__(self) -> str:
        return self.reference or str(_("Draft"))

    @cached_property
    def attached(self) -> list[ApplicationDocument]:
        """The documents that are attached, each with its file; asked once for as long as this object lives."""
        return list(self.documents.filter(removed_at=None).select_related("upload"))


class ApplicationDocument(models.Model):
    """A file attached to an application; removing keeps the row, with the moment."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=12, choices=DocumentKind.choices)
    upload = models.OneToOneField("documents.Upload", on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["added_at", "id"]
        triggers = role_rules.documents()


class ApplicationChange(StateChange):
    """One step of an application; officers see it as the file's history."""

    subject = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="changes")

    class Meta(StateChange.Meta):
        indexes = [
            models.Index(fields=["subject", "at"], name="change_of_application"),
            # Take-overs are few among millions of steps: every page of the office asks for those of one officer.
            models.Index(
                fields=["at"],
                name="change_taken_over",
                condition=models.Q(step__in=sorted(TAKE_OVER.values())),
            ),
        ]
        triggers = [*StateChange.Meta.triggers, *APPLICATION_STATES.history_triggers("permits_application")]
