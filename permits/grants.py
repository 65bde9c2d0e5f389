"""What each surface's database role may do with the tables of the permit procedure. Nobody deletes.

A change is granted by column; which step may make it, in which state, is said by the triggers of the tables.
"""

from wpis.outbox import PROGRESS
from wpis.surfaces import Grants

_DRAFTED = "SELECT, INSERT, UPDATE"  # the form: every column but the key, while it is open (`permits.models.writable`)

GRANTS: Grants = {
    "portal": {
        "permits_employer": "SELECT, INSERT, UPDATE (state, "
        "name_hy, name_en, registered_on, province, address, nace, phone, email, search_text)",
        "permits_employerchange": "SELECT, INSERT",
        "permits_delegateinvitation": "SELECT, INSERT, UPDATE (state, accepted_by_id, settled_at)",
        "permits_invitationchange": "SELECT, INSERT",
        "permits_application": "SELECT, INSERT, "
        "UPDATE (state, reference, submitted_at, regime, due_on, paused_on, decided_at)",
        "permits_applicationchange": "SELECT, INSERT",
        "permits_draftactivity": "SELECT, INSERT, UPDATE (touched_at, told_at, deleted_at)",
        "permits_worker": _DRAFTED,
        "permits_employmentterms": _DRAFTED,
        "permits_housing": _DRAFTED,
        "permits_recruitment": _DRAFTED,
        "permits_applicationdocument": "SELECT, INSERT, UPDATE (removed_at)",
        "permits_submission": "SELECT, INSERT",
        "permits_check": "SELECT, INSERT, UPDATE (superseded_at)",
        "permits_feeditem": "INSERT",
        "permits_question": "SELECT, UPDATE (answer, answered_by_id, answered_at)",
        "permits_decision": "SELECT",
        "permits_permit": "SELECT",
        "permits_permitsigning": "SELECT",
        "permits_apitoken": "SELECT, INSERT, UPDATE (revoked_at)",
        "permits_apirequest": "SELECT, INSERT",
    },
    "office": {
        "permits_employer": "SELECT, UPDATE (state)",
        "permits_employerchange": "SELECT, INSERT",
        "permits_delegateinvitation": "SELECT",  # its letters are written there
        "permits_application": "SELECT, UPDATE (state, officer_id, paused_on, decided_at)",
        "permits_applicationchange": "SELECT, INSERT",
        "permits_draftactivity": "SELECT, UPDATE (told_at)",
        "permits_worker": "SELECT",
        "permits_employmentterms": "SELECT",
        "permits_housing": "SELECT",
        "permits_recruitment": "SELECT",
        "permits_applicationdocument": "SELECT",
        "permits_submission": "SELECT",
        "permits_check": "SELECT, INSERT, UPDATE (completed_at, answered_by_id, outcome, employer_text, "
        "overridden_at, overridden_by_id, override_reason)",
        "permits_checkoverride": "SELECT, INSERT, UPDATE (settled_by_id, settled_at, confirmed, return_reason)",
        "permits_opiniontext": "SELECT, INSERT",
        "permits_question": "SELECT, INSERT",
        "permits_decision": "SELECT, INSERT, "
        "UPDATE (settled_by_id, settled_at, confirmed, appeal_until, return_reason)",
        "permits_permit": "SELECT, INSERT",
        "permits_apitoken": "SELECT (id, user_id, created_at, ends_at, revoked_at)",  # a letter before one ends
        "permits_permitsigning": "SELECT, UPDATE (kid, code, signed_at)",  # the owner orders
    },
    "protection": {
        "permits_submission": "SELECT",
        "permits_check": "SELECT, UPDATE (completed_at)",
        "permits_checkoverride": "SELECT",
        "permits_feeditem": f"SELECT, UPDATE ({PROGRESS})",
    },
}
