"""What an agency sees of a referral: the same on its pages and in its own case system."""

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


def shared_values(referral: Referral) -> list[SharedValue]:
    """The fields that were sent, in the order of the catalogue, and no other."""
    packet = referral.packet
    return [
        SharedValue(name, presenters.title(name), packet.get(name), presenters.value(name, packet.get(name)))
        for name in referral.fields
    ]
