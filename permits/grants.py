"""What each surface's database role may do with the tables of the permit procedure. Nobody deletes."""

from wpis.surfaces import Grants

_WRITE = "SELECT, INSERT, UPDATE"

GRANTS: Grants = {
    "portal": {
        "permits_employer": _WRITE,
        "permits_application": _WRITE,
        "permits_applicationchange": "SELECT, INSERT",
        "permits_worker": _WRITE,
        "permits_employmentterms": _WRITE,
        "permits_housing": _WRITE,
        "permits_recruitment": _WRITE,
        "permits_applicationdocument": _WRITE,
        "permits_submission": "SELECT, INSERT",
        "permits_check": _WRITE,
        "permits_feeditem": "INSERT",
        "permits_question": "SELECT, UPDATE",
        "permits_decision": "SELECT",
        "permits_permit": "SELECT",
        "permits_apitoken": _WRITE,
        "permits_apirequest": _WRITE,
    },
    "office": {
        "permits_employer": "SELECT",
        "permits_application": "SELECT, UPDATE",
        "permits_applicationchange": "SELECT, INSERT",
        "permits_worker": "SELECT",
        "permits_employmentterms": "SELECT",
        "permits_housing": "SELECT",
        "permits_recruitment": "SELECT",
        "permits_applicationdocument": "SELECT",
        "permits_submission": "SELECT",
        "permits_check": _WRITE,
        "permits_checkoverride": _WRITE,
        "permits_opiniontext": "SELECT, INSERT",
        "permits_question": "SELECT, INSERT",
        "permits_decision": _WRITE,
        "permits_permit": "SELECT, INSERT",
    },
    "protection": {
        "permits_submission": "SELECT",
        "permits_check": "SELECT, UPDATE",
        "permits_checkoverride": "SELECT",
        "permits_feeditem": "SELECT, UPDATE",
    },
}
