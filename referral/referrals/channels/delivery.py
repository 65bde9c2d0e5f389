"""Delivers a referral by the channel of its agency."""

from datetime import datetime
from typing import Protocol

from referral.agencies.directory import Agency
from referral.models import Referral
from referral.referrals.channels import portal


class Channel(Protocol):
    """Brings a referral on its way to an agency in the caller's transaction."""

    def __call__(self, agency: Agency, referral: Referral, *, at: datetime) -> None: ...


CHANNELS: dict[str, Channel] = {"portal": portal.deliver}


def deliver(agency: Agency, referral: Referral, *, at: datetime) -> None:
    """Bring a referral on its way by the agency's channel, in the caller's transaction."""
    CHANNELS[agency.channel](agency, referral, at=at)
