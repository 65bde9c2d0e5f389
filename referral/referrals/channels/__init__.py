"""Ways of getting a referral to a body; the directory names one for each."""

from collections.abc import Callable
from datetime import datetime

from referral.agencies.directory import Agency
from referral.models import Referral
from referral.referrals.channels import portal

CHANNELS: dict[str, Callable[[Agency, Referral, datetime], None]] = {"portal": portal.deliver}


def deliver(agency: Agency, item: Referral, at: datetime) -> None:
    """Bring an item on its way in the caller's transaction."""
    CHANNELS[agency.channel](agency, item, at)
