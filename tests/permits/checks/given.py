"""Agencies that are asked in these tests, and an opinion as one of them gives it."""

from django.utils import timezone

from permits.checks.opinions import record_opinion
from permits.models import Check
from wpis.accounts.models import User

NSS, POLICE, MINISTRY = "national-security-service", "police", "labour-ministry"
TEXT = "Կա տվյալ, որ 2019-ին վտարվել է։"
FOR_EMPLOYER = "Citizens with this trade are registered as looking for work."


def give(check: Check, outcome: str, by: User, text: str = TEXT, **more: str) -> Check:
    """Record what the agency wrote, now."""
    return record_opinion(check, outcome, text, by=by, at=timezone.now(), **more)
