"""The channel of agencies whose people sign in here: an e-mail says that there is something new, and no more."""

from datetime import datetime

from django.utils import timezone

from referral.agencies.directory import Agency
from referral.models import Referral
from referral.referrals import reminders
from wpis.accounts.models import User
from wpis.accounts.roles import Role


def deliver(agency: Agency, referral: Referral, *, at: datetime) -> None:
    """Queue one e-mail without content for each person of the agency."""
    working = User.objects.working_on(timezone.localdate(at))
    for member in working.filter(role=Role.PARTNER, agency=agency.slug).order_by("pk"):
        reminders.write_to(member, referral, at=at)
