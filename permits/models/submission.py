"""Submission: what was filed, sealed and immutable; the checks it waits for; the row that hands it on."""

import uuid
from typing import ClassVar

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from permits import role_rules
from permits.check_kinds import CheckKind
from wpis.crypto.fields import EncryptedJSONField
from wpis.outbox import OutboxRow


class Submission(models.Model):
    """A numbered snapshot of an application at the moment of filing or answering. Never changed, never deleted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(
        "permits.Application", on_delete=models.PROTECT, related_name="submissions"
    )
    number = models.PositiveSmallIntegerField()
    snapshot = EncryptedJSONField()
    digest = models.CharField(max_length=64, help_text="SHA-256 of the canonical snapshot")
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["application", "number"]
        constraints = [models.UniqueConstraint(fields=["application", "number"], name="submission_numbered")]
        triggers = [
            pgtrigger.Protect(name="immutable", operation=pgtrigger.Update | pgtrigger.Delete),
            *role_rules.submissions(),
        ]


class Check(models.Model):
    """One check of one submission: whether it has completed and, of an agency's opinion, what the outcome was.

    Nothing in it depends on what was found automatically: for every file the rows look the same.
    Of an opinion, `completed_at` is the moment of the answer, and the text for the office is an `OpinionText`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="checks")
    kind = models.CharField(max_length=12, choices=CheckKind.choices)
    agency = models.SlugField(
        max_length=40, blank=True, db_index=False, help_text="whose opinion; empty for other kinds"
    )
    requested_at = models.DateTimeField()
    due_on = models.DateField(null=True, help_text="last day for an opinion (a parameter of the law book)")
    completed_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(
        max_length=40, blank=True, help_text="of an opinion: as the agency's file calls it"
    )
    employer_text = models.TextField(
        max_length=2000, blank=True, help_text="of an opinion: what the employer may be told"
    )
    superseded_at = models.DateTimeField(null=True, help_text="a newer submission has its own checks")
    overridden_at = models.DateTimeField(null=True)
    overridden_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    override_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["submission", "kind", "agency"], name="check_once"),
            models.CheckConstraint(
                name="opinion_of_an_agency",
                condition=(models.Q(kind=CheckKind.OPINION) & ~models.Q(agency=""))
                | (~models.Q(kind=CheckKind.OPINION) & models.Q(agency="")),
            ),
            models.CheckConstraint(
                name="opinion_answered_whole",
                condition=models.Q(answered_by=None, outcome="", employer_text="")
                & (models.Q(completed_at=None) | ~models.Q(kind=CheckKind.OPINION))
                | models.Q(kind=CheckKind.OPINION, completed_at__isnull=False, answered_by__isnull=False)
                & ~models.Q(outcome=""),
            ),
        ]
        triggers = [
            # A kind of check is completed only by the role whose work it is: who files or decides cannot also say
            # that the automatic check is done, and nobody but the office takes an agency's opinion or overrides.
            # A row is added as a request: an opinion or override comes later, as a change that leaves its trace.
            pgtrigger.Trigger(
                name="done_elsewhere",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                declare=[("was", "permits_check")],
                func="""
                    IF TG_OP = 'UPDATE' THEN was := OLD; END IF;
                    IF current_user IN ('wpis_portal', 'wpis_office') AND NEW.kind = 'automatic'
                       AND NEW.completed_at IS DISTINCT FROM was.completed_at THEN
                        RAISE EXCEPTION 'this role does not complete automatic checks';
                    END IF;
                    IF current_user = 'wpis_protection' AND NEW.kind <> 'automatic'
                       AND NEW.completed_at IS DISTINCT FROM was.completed_at THEN
                        RAISE EXCEPTION 'this role completes automatic checks only';
                    END IF;
                    IF current_user = 'wpis_portal' AND NEW.kind = 'opinion'
                       AND NEW.completed_at IS DISTINCT FROM was.completed_at THEN
                        RAISE EXCEPTION 'this role does not record opinions';
                    END IF;
                    IF current_user = 'wpis_office' AND TG_OP = 'INSERT' AND NEW.kind <> 'opinion' THEN
                        RAISE EXCEPTION 'this role asks for opinions only';
                    END IF;
                    IF current_user IN ('wpis_portal', 'wpis_office') AND TG_OP = 'INSERT'
                       AND (NEW.kind = 'opinion' AND NEW.completed_at IS NOT NULL
                            OR NEW.answered_by_id IS NOT NULL OR NEW.outcome <> '' OR NEW.employer_text <> ''
                            OR NEW.superseded_at IS NOT NULL OR NEW.overridden_at IS NOT NULL
                            OR NEW.overridden_by_id IS NOT NULL OR NEW.override_reason <> '') THEN
                        RAISE EXCEPTION 'this role adds checks that wait only';
                    END IF;
                    IF current_user IN ('wpis_portal', 'wpis_protection')
                       AND NEW.overridden_at IS DISTINCT FROM was.overridden_at THEN
                        RAISE EXCEPTION 'this role does not override checks';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="overridden_by_two",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.overridden_at IS DISTINCT FROM NEW.overridden_at"
                    " OR OLD.overridden_by_id IS DISTINCT FROM NEW.overridden_by_id"
                    " OR OLD.override_reason IS DISTINCT FROM NEW.override_reason"
                ),
                func="""
                    IF current_user = 'wpis_office' AND (OLD.overridden_at IS NOT NULL OR NOT EXISTS (
                        SELECT FROM permits_checkoverride request
                        WHERE request.check_row_id = NEW.id AND request.confirmed AND NOT request.alone
                          AND request.settled_at = NEW.overridden_at
                          AND request.requested_by_id = NEW.overridden_by_id
                          AND request.reason = NEW.override_reason)) THEN
                        RAISE EXCEPTION 'a check is overridden by a confirmed request, once';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.ReadOnly(
                name="as_asked", fields=["submission", "kind", "agency", "requested_at", "due_on"]
            ),
            pgtrigger.Protect(
                name="opinion_given_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__kind="opinion", old__completed_at__isnull=False)
                & (
                    pgtrigger.Q(new__completed_at__df=pgtrigger.F("old__completed_at"))
                    | pgtrigger.Q(new__answered_by__df=pgtrigger.F("old__answered_by"))
                    | pgtrigger.Q(new__outcome__df=pgtrigger.F("old__outcome"))
                    | pgtrigger.Q(new__employer_text__df=pgtrigger.F("old__employer_text"))
                ),
            ),
            *role_rules.checks(),
        ]


class FeedItem(OutboxRow):
    """Hands every submission to whoever reads `permits.feed`; one row each, all alike. `key` is the submission."""

    queue: ClassVar[str] = "restricted"
    task: ClassVar[str] = "work.restricted"
    label = _("automatic checks of submissions")
    may_be_dropped: ClassVar[bool] = False  # no submission stays unchecked

    class Meta(OutboxRow.Meta):
        triggers = [*OutboxRow.Meta.triggers, *role_rules.feed()]
