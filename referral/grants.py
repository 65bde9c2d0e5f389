"""What the protection surface may do with these tables; no other surface has any, nobody deletes."""

from wpis.surfaces import Grants

GRANTS: Grants = {
    "protection": {
        "referral_apirequest": "SELECT, INSERT",
        "referral_apitoken": "SELECT, INSERT, UPDATE",
        "referral_case": "SELECT, INSERT, UPDATE",
        "referral_casechange": "SELECT, INSERT",
        "referral_casemember": "SELECT, INSERT, UPDATE",
        "referral_closingproposal": "SELECT, INSERT, UPDATE",
        "referral_consent": "SELECT, INSERT, UPDATE",
        "referral_disclosure": "SELECT, INSERT, UPDATE",
        "referral_disclosurechange": "SELECT, INSERT",
        "referral_note": "SELECT, INSERT",
        "referral_outsideaccess": "SELECT, INSERT",
        "referral_reminder": "SELECT, INSERT, UPDATE",
    }
}
