"""The body's people sign in here; a letter tells them that there is something, and nothing else."""

from datetime import datetime

from referral.agencies.directory import Agency
from referral.models import Referral
from referral.referrals import reminders
from wpis.accounts.models import User
from wpis.accounts.roles import Role


def deliver(agency: Agency, item: Referral, at: datetime) -> None:
    """Queue one letter without content for each person of the body."""
    members = User.objects.filter(role=Role.PARTNER, organisation=agency.slug, is_active=True).order_by("pk")
    for member in members:
        reminders.write_to(member, item, at)
