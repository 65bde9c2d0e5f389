"""Delegates of an employer: invited at an address, accepted by who reads its mail, dismissed at once."""

from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from guardian.shortcuts import assign_perm, remove_perm

from permits import powers
from permits.companies import letters
from permits.companies.inviting import DAYS, count_letter
from permits.companies.workflow import INVITATION
from permits.models import ApiToken, DelegateInvitation, Employer
from permits.queries import FILE_FOR, LEAD, leads, people_of
from permits.states import InvitationState
from wpis.accounts.models import User
from wpis.accounts.powers import authorize
from wpis.audit import trail
from wpis.errors import Refused


def invite(
    employer: Employer, email: str, *, by: User, at: datetime, language: str = "hy"
) -> DelegateInvitation:
    """Invite whoever reads the mail of this address. Nothing is asked about it, so nothing can be learned of it.

    Raises PermissionDenied unless `by` leads the employer; Refused for an address that stands on its page already,
    and for too many letters.
    """
    _lead(employer, by)
    email = email.strip().lower()
    if people_of(employer).filter(email=email).exists():
        raise Refused(_("This person may file for the company already."), field="email")
    waiting = employer.invitations.filter(state=InvitationState.INVITED, email=email).first()
    if waiting is not None and waiting.ends_at > at:
        raise Refused(_("This address is invited already. Send the letter again below."), field="email")
    count_letter(email, by=by, at=at)
    with transaction.atomic():
        if waiting is not None:  # its time is over
            INVITATION.perform(waiting, "withdraw", by=by, at=at, settled_at=at)
        try:
            with transaction.atomic():
                invitation = DelegateInvitation.objects.create(
                    employer=employer,
                    email=email,
                    language=language,
                    invited_by=by,
                    invited_at=at,
                    ends_at=at + timedelta(days=DAYS),
                )
        except IntegrityError:
            raise Refused(
                _("This address is invited already. Send the letter again below."), field="email"
            ) from None
        trail.record("permits.delegate.invite", by=by, subject=invitation, employer=str(employer.pk))
        letters.queue_invitation(invitation, at=at)
    return invitation


def resend(invitation: DelegateInvitation, *, by: User, at: datetime) -> None:
    """Send the letter of an open invitation again; the day on which it ends stays."""
    _lead(invitation.employer, by)
    _in_time(invitation, at)
    if reasons := INVITATION.refusals(invitation, "resend", by):
        raise Refused(reasons)
    count_letter(invitation.email, by=by, at=at)
    with transaction.atomic():
        INVITATION.perform(invitation, "resend", by=by, at=at)
        letters.queue_invitation(invitation, at=at)


def withdraw(invitation: DelegateInvitation, *, by: User, at: datetime) -> None:
    """Take an invitation back before anybody has accepted it."""
    _lead(invitation.employer, by)
    INVITATION.perform(invitation, "withdraw", by=by, at=at, settled_at=at)


@transaction.atomic
def accept(invitation: DelegateInvitation, *, by: User, at: datetime) -> None:
    """File for the company from now on. Raises Refused after its time, and for an address that is not one's own."""
    _in_time(invitation, at)
    current = INVITATION.perform(invitation, "accept", by=by, at=at, accepted_by=by, settled_at=at)
    assign_perm(FILE_FOR, by, current.employer)
    letters.queue_delegate(
        current.employer, "delegate_accepted", to=current.invited_by, email=current.email, at=at
    )


@transaction.atomic
def decline(invitation: DelegateInvitation, *, by: User, at: datetime) -> None:
    """Say no. Raises Refused after its time, and for an address that is not one's own."""
    _in_time(invitation, at)
    current = INVITATION.perform(invitation, "decline", by=by, at=at, settled_at=at)
    letters.queue_delegate(
        current.employer, "delegate_declined", to=current.invited_by, email=current.email, at=at
    )


@transaction.atomic
def dismiss(employer: Employer, delegate: User, *, by: User, at: datetime) -> None:
    """Take the right to file back, at once, and end this person's tokens for the employer.

    Raises PermissionDenied unless `by` leads the employer.
    """
    _lead(employer, by)
    if delegate == by:
        raise Refused(_("You cannot dismiss yourself."))
    for accepted in employer.invitations.filter(state=InvitationState.ACCEPTED, accepted_by=delegate):
        INVITATION.perform(accepted, "end", by=by, at=at, settled_at=at)
    remove_perm(FILE_FOR, delegate, employer)
    # Invited again some day, the person makes new tokens: the old ones may lie in a program of somebody else.
    ApiToken.objects.filter(user=delegate, employer=employer, revoked_at=None).update(revoked_at=at)
    trail.record("permits.employer.dismiss_delegate", by=by, subject=employer, delegate=str(delegate.pk))
    letters.queue_delegate(employer, "delegate_ended", to=delegate, at=at)


def _in_time(invitation: DelegateInvitation, at: datetime) -> None:
    if invitation.ends_at <= at:
        raise Refused(_("This invitation has ended. Ask for a new one."))


def _lead(employer: Employer, by: User) -> None:
    authorize(by, powers.NAME_DELEGATES)
    if not leads(by, employer):
        raise PermissionDenied(LEAD)
