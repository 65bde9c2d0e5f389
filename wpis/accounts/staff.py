"""What is asked for about the accounts of staff, and one-time codes for setting up a second factor."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wpis.accounts import role_rules
from wpis.accounts.roles import Role, Surface

ROLES_GIVEN_ALONE = (Role.MANAGER,)
"""Roles of the office that read no file and confirm nothing: one administrator gives them.

Whoever could make officers alone would read every file through one of them, and decide with two.
"""

ALONE = Q(surface=Surface.OFFICE, role__in=list(ROLES_GIVEN_ALONE)) & ~Q(kind="reset")
"""What one administrator does without a second person: accounts of the office that see figures and nothing else."""


class Kind(models.TextChoices):
    """What is asked for. Each gives somebody more than they have; what takes away needs no second person."""

    INVITE = "invite", _("New account")
    CHANGE = "change", _("Other role, agency or last day")
    REOPEN = "reopen", _("Open a closed account again")
    RESET = "reset", _("Remove the second step of sign-in")


class Reason(models.TextChoices):
    """Why a step is taken. Chosen, not written: what people write about colleagues does not belong in the trail."""

    STARTS = "starts", _("Starts to work here")
    MOVES = "moves", _("Has other tasks from now on")
    RETURNS = "returns", _("Comes back to work")
    LEAVES = "leaves", _("No longer works here")
    AWAY = "away", _("Is away for a long time")
    LOST_DEVICE = "lost_device", _("Has lost the phone or key")
    LOST_CODE = "lost_code", _("The enrolment code was lost or has ended")
    MISUSE = "misuse", _("Somebody else may be using the account")
    MISTAKE = "mistake", _("Corrects a mistake")


class RequestState(models.TextChoices):
    """Where a request stands."""

    WAITING = "waiting", _("Waits for a second person")
    DONE = "done", _("Done")
    REFUSED = "refused", _("Refused")


class StaffRequest(models.Model):
    """One change of an account of staff: who asked, who decided, and what the account is to be afterwards."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    surface = models.CharField(max_length=12, choices=Surface.choices)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    state = models.CharField(max_length=10, choices=RequestState.choices, default=RequestState.WAITING)
    account = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", help_text="empty until it exists"
    )
    email = models.EmailField()
    name = models.CharField(max_length=150)
    role = models.CharField(max_length=20, choices=Role.choices)
    agency = models.SlugField(max_length=60, blank=True)
    ends_on = models.DateField(null=True)
    reason = models.CharField(max_length=20, choices=Reason.choices)
    asked_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "accounts"
        ordering = ["-asked_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="accounts_staffrequest_decided",
                condition=Q(state=RequestState.WAITING, decided_by=None, decided_at=None)
                | Q(state__in=[RequestState.DONE, RequestState.REFUSED], decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="accounts_staffrequest_two_persons",
                condition=~Q(state=RequestState.DONE) | ~Q(decided_by=F("asked_by")) | ALONE,
            ),
            models.CheckConstraint(
                name="accounts_staffrequest_not_for_oneself",
                condition=Q(account=None) | (~Q(account=F("asked_by")) & ~Q(account=F("decided_by"))),
            ),
            models.UniqueConstraint(
                name="accounts_staffrequest_one_waits",
                fields=["account"],
                condition=Q(state=RequestState.WAITING, account__isnull=False),
            ),
            models.UniqueConstraint(
                name="accounts_staffrequest_one_invitation_here",
                fields=["surface", "email"],
                condition=Q(state=RequestState.WAITING, kind=Kind.INVITE),
            ),
        ]
        triggers = role_rules.requests()

    @property
    def waits(self) -> bool:
        """Whether nobody has decided yet."""
        return self.state == RequestState.WAITING


class EnrolmentCode(models.Model):
    """A one-time code with which an account sets up its first second factor; only its digest is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    surface = models.CharField(max_length=12, choices=Surface.choices)
    digest = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", help_text="empty: the owner's command"
    )
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "accounts"
