"""What happened to a registered company, and invitations to file for one."""

import uuid

import pgtrigger
from django.db import models
from django.db.models import Q
from guardian.models import UserObjectPermission

from permits import role_rules
from permits.states import COMPANY_STATES, INVITATION_STATES, InvitationState
from wpis.states import StateChange


class EmployerChange(StateChange):
    """One step of a company: verified, asked, answered, refused. `reason` is what was asked, answered or chosen."""

    subject = models.ForeignKey("permits.Employer", on_delete=models.PROTECT, related_name="changes")

    class Meta(StateChange.Meta):
        indexes = [models.Index(fields=["subject", "at"], name="change_of_employer")]
        triggers = [*StateChange.Meta.triggers, *COMPANY_STATES.history_triggers("permits_employer")]


class DelegateInvitation(models.Model):
    """An invitation of whoever reads the mail of an address. Nothing is looked up about the address when it is made."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    employer = models.ForeignKey("permits.Employer", on_delete=models.PROTECT, related_name="invitations")
    email = models.EmailField(help_text="in lower case")
    state = models.CharField(max_length=10, choices=InvitationState.choices, default=InvitationState.INVITED)
    language = models.CharField(max_length=2, default="hy", help_text="language of the letter")
    invited_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    ends_at = models.DateTimeField(help_text="not accepted afterwards")
    accepted_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-invited_at", "id"]
        constraints = [
            models.UniqueConstraint(
                name="one_open_invitation",
                fields=["employer", "email"],
                condition=Q(state=InvitationState.INVITED),
            ),
            models.CheckConstraint(
                name="invitation_accepted_by_somebody",
                condition=Q(
                    state__in=[InvitationState.ACCEPTED, InvitationState.ENDED], accepted_by__isnull=False
                )
                | (~Q(state__in=[InvitationState.ACCEPTED, InvitationState.ENDED]) & Q(accepted_by=None)),
            ),
        ]
        indexes = [
            models.Index(fields=["email"], name="invitation_open", condition=Q(state=InvitationState.INVITED))
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="as_invited",
                fields=["employer", "email", "language", "invited_by", "invited_at", "ends_at"],
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            *INVITATION_STATES.triggers(),
            *role_rules.invitations(),
        ]


class InvitationChange(StateChange):
    """One step of an invitation."""

    subject = models.ForeignKey(DelegateInvitation, on_delete=models.PROTECT, related_name="changes")

    class Meta(StateChange.Meta):
        indexes = [models.Index(fields=["subject", "at"], name="change_of_invitation")]
        triggers = [
            *StateChange.Meta.triggers,
            *INVITATION_STATES.history_triggers("permits_delegateinvitation"),
        ]


class CompanyGrant(UserObjectPermission):
    """django-guardian's table of who may file for which company, with the rule for what the portal writes there."""

    class Meta:
        proxy = True
        default_permissions = ()
        triggers = role_rules.grants()
