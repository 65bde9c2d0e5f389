"""What each database role may do with these tables: portal and office nothing, and nobody deletes."""

from wpis.surfaces import Grants

GRANTS: Grants = {
    "protection": {
        "alerts_facts": "SELECT, INSERT",
        "alerts_identifier": "SELECT, INSERT",
        "alerts_screeninglock": "SELECT, UPDATE",
        "alerts_ruleset": "SELECT",
        "alerts_screening": "SELECT, INSERT, UPDATE (application, facts_id, state, error, at)",
        "alerts_finding": "SELECT, INSERT",
        "alerts_alert": "SELECT, INSERT, "
        "UPDATE (state, owner_id, proposed_by_id, category, case_reference, outcome, outcome_at)",
        "alerts_alertchange": "SELECT, INSERT",
    }
}
