"""Presents one referral to the agency that received it."""

from collections.abc import Sequence
from typing import Any

from referral.agencies.presenters import outcome_title, purpose_title
from referral.disclosure.partner_view import shared_values
from referral.models import Referral
from referral.referrals.workflow import REFERRAL
from wpis.accounts.models import User


def received(referral: Referral, fields: Sequence[str], *, by: User) -> dict[str, Any]:
    """The fields that may be read now, the purpose, the outcome, and the steps that `by` can take."""
    return {
        "shared": shared_values(referral, fields),
        "purpose": purpose_title(referral),
        "child": "child" in fields and bool(referral.packet["child"]),
        "steps": REFERRAL.steps(referral, by),
        "outcome": outcome_title(referral),
    }
