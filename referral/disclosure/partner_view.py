"""What a body sees of an item: the same on its pages and in its own case system."""

from dataclasses import dataclass
from typing import Any

from referral.agencies.directory import agency as body
from referral.disclosure import presenters
from referral.models import Referral


@dataclass(frozen=True, slots=True)
class Shared:
    """One field that was shared."""

    name: str
    title: str
    value: Any
    """As it was sent; None is "not recorded"."""
    text: str | list[str]
    """The same for a reader, in their language."""


def shared(item: Referral) -> list[Shared]:
    """The fields that were sent, in the order of the catalogue, and no other."""
    return [
        Shared(
            name, presenters.title(name), item.packet.get(name), presenters.value(name, item.packet.get(name))
        )
        for name in item.fields
    ]


def purpose_title(item: Any) -> str:
    """What an item or an answer is for, in the reader's words; its slug when it left the directory."""
    agency = body(item.agency)
    purpose = agency.purposes.get(item.purpose) if agency else None
    return presenters.say(purpose.title) if purpose else str(item.purpose)


def outcome_title(item: Referral) -> str:
    """What came of an item, in the reader's words; empty while nothing did."""
    agency = body(item.agency)
    outcome = agency.outcomes.get(item.outcome) if agency and item.outcome else None
    return presenters.say(outcome.title) if outcome else item.outcome


def outcomes(item: Referral) -> list[tuple[str, str]]:
    """What may come of it at this body: slug and title."""
    agency = body(item.agency)
    return [(slug, presenters.say(one.title)) for slug, one in agency.outcomes.items()] if agency else []
