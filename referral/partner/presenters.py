"""Presents one referral to the agency that received it."""

from typing import Any

from referral.agencies.presenters import outcome_title, purpose_title
from referral.disclosure.partner_view import shared_values
from referral.models import Referral
from referral.referrals.workflow import REFERRAL
from wpis.accounts.models import User


def received(referral: Referral, *, by: User) -> dict[str, Any]:
    """The shared fields, the purpose, the outcome, and the steps that `by` can take."""
    return {
        "shared": shared_values(referral),
        "purpose": purpose_title(referral),
        "child": bool(referral.packet.get("child")),
        "steps": REFERRAL.steps(referral, by),
        "outcome": outcome_title(referral),
    }
