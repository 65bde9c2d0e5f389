"""What the protection surface may do with these tables; no other surface has any, nobody deletes."""

from wpis.outbox import PROGRESS
from wpis.surfaces import Grants

GRANTS: Grants = {
    "protection": {
        "referral_apirequest": "SELECT, INSERT",
        "referral_apitoken": "SELECT, INSERT, UPDATE (revoked_at)",
        "referral_case": "SELECT, INSERT, UPDATE (state, caseworker_id, closed_at, outcome, language, "
        "interviewer_wish, contact_how, contact_when, contact_say)",
        "referral_casechange": "SELECT, INSERT",
        "referral_consent": "SELECT, INSERT, UPDATE (withdrawn_at, withdrawn_by_id)",
        "referral_disclosure": "SELECT, INSERT, UPDATE (state, access_until, answered_by_id, answered_at, "
        "decline_reason, escalated_at, outcome, outcome_note, outcome_by_id, outcome_at)",
        "referral_disclosurechange": "SELECT, INSERT",
        "referral_note": "SELECT, INSERT",
        "referral_reminder": f"SELECT, INSERT, UPDATE ({PROGRESS})",
    }
}
