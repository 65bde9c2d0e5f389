"""The models of this app, one file for each subject."""

from referral.models.access import ApiRequest, ApiToken
from referral.models.case import Case, CaseChange
from referral.models.closing import ClosingProposal
from referral.models.consent import Consent
from referral.models.note import Note
from referral.models.referral import Referral, ReferralChange
from referral.models.reminder import Reminder
from referral.models.team import CaseMember, OutsideAccess

__all__ = [
    "ApiRequest",
    "ApiToken",
    "Case",
    "CaseChange",
    "CaseMember",
    "ClosingProposal",
    "Consent",
    "Note",
    "OutsideAccess",
    "Referral",
    "ReferralChange",
    "Reminder",
]
