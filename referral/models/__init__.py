"""The records of the referral, one file per idea."""

from referral.models.access import ApiRequest, ApiToken
from referral.models.case import Case, CaseChange
from referral.models.consent import Consent
from referral.models.note import Note
from referral.models.referral import Disclosure, DisclosureChange
from referral.models.reminder import Reminder

__all__ = [
    "ApiRequest",
    "ApiToken",
    "Case",
    "CaseChange",
    "Consent",
    "Disclosure",
    "DisclosureChange",
    "Note",
    "Reminder",
]
