"""What an agency sees of a referral: the same on its pages and in its own case system."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from referral.disclosure import presenters
from referral.models import Referral


@dataclass(frozen=True, slots=True)
class SharedValue:
    """One field that was shared."""

    name: str
    title: str
    value: Any
    """As it was sent; None is "not recorded"."""
    text: str | list[str]
    """The same for a reader, in their language."""


def shared_values(referral: Referral, fields: Sequence[str]) -> list[SharedValue]:
    """These fields of what was sent, which `access.referrals.read_referral` allowed, and no other."""
    packet = referral.packet
    return [
        SharedValue(name, presenters.title(name), packet.get(name), presenters.value(name, packet.get(name)))
        for name in fields
    ]
