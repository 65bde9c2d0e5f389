"""What each surface's database role may do with the tables of the base layer and of the libraries it uses."""

from wpis.outbox import PROGRESS
from wpis.surfaces import ROLES, Grants

SIGN_IN = ("portal", "office", "protection")
"""The surfaces on which people sign in."""

_JOBS = f"SELECT, INSERT, UPDATE ({PROGRESS})"
_OWN = "SELECT, INSERT, UPDATE, DELETE"  # rows that belong to a sign-in, not records: sessions, factors, attempts

_SIGN_IN = {
    "accounts_user": "SELECT, INSERT, UPDATE",  # of staff only what was decided: `wpis.accounts.role_rules`
    "account_emailaddress": _OWN,
    "account_emailconfirmation": _OWN,
    "mfa_authenticator": _OWN,
    "axes_accessattempt": _OWN,
    "axes_accessattemptexpiration": "SELECT, DELETE",  # nothing writes it; Django looks there before it deletes
    "django_content_type": "SELECT",
    "django_migrations": "SELECT",
    "auth_permission": "SELECT",
    "auth_group": "SELECT",
    "auth_group_permissions": "SELECT",
    "accounts_user_groups": "SELECT",
    "accounts_user_user_permissions": "SELECT",
    "guardian_userobjectpermission": "SELECT",
    "guardian_groupobjectpermission": "SELECT",
    "accounts_recentrequests": _OWN,
    "audit_auditevent": "INSERT",
    "wpis_clockoffset": "SELECT",  # only the owner moves the clock
    "wpis_grantedrights": "SELECT",  # what a process of another release may be given beside its own
}

_STAFF = {
    "accounts_staffrequest": "SELECT, INSERT, UPDATE (account_id, state, decided_by_id, decided_at)",
    "accounts_enrolmentcode": "SELECT, INSERT, UPDATE (ends_at, used_at)",
}

PARTS = {"office": ["open"], "files": ["files"], "protection": ["restricted", "beat", "ringer"]}
"""surface -> its background processes (`wpis.processes.signs_of_life`): the queues of its workers, and who rings."""

_SIGNS = "SELECT, INSERT, UPDATE (seen_at)"

GRANTS: Grants = {
    "portal": {
        **_SIGN_IN,
        "accounts_portalsession": _OWN,
        "guardian_userobjectpermission": "SELECT, INSERT, DELETE",  # an employer names and dismisses delegates
        "wpis_errand": "INSERT",
    },
    "office": {
        **_SIGN_IN,
        **_STAFF,
        "accounts_officesession": _OWN,
        "audit_digeststart": "SELECT",
        "audit_auditnote": "INSERT",  # what an officer writes is read by the auditor alone
        "wpis_errand": _JOBS,
        "wpis_signoflife": _SIGNS,
    },
    "files": {
        "audit_auditevent": "INSERT",
        "wpis_clockoffset": "SELECT",
        "wpis_grantedrights": "SELECT",
        "wpis_signoflife": _SIGNS,
    },
    "protection": {
        **_SIGN_IN,
        **_STAFF,
        "accounts_protectionsession": _OWN,
        "audit_auditevent": "SELECT, INSERT",
        "audit_auditnote": "SELECT, INSERT",
        "audit_digeststart": "SELECT",
        "wpis_errand": _JOBS,
        "wpis_signoflife": _SIGNS,
    },
}


_TOLD = "wpis_account_told(uuid, text)"  # asked by the triggers of factors, addresses and passwords

FUNCTIONS: dict[str, list[str]] = {
    "portal": [_TOLD],
    "office": [_TOLD],
    "protection": [_TOLD, "wpis_delete_expired(text, timestamptz)", "wpis_end_table_locks()"],
}
"""surface -> functions with the owner's rights that its role may execute; each was read before it was put here."""


def _own(surface: str) -> str:
    """The rows that belong to an account of this surface."""
    return f"user_id IN (SELECT id FROM accounts_user WHERE surface = '{surface}')"  # noqa: S608  our own words


def _tried(surface: str) -> str:
    """Attempts to sign in on this surface."""
    return f"starts_with(username, '{surface}:')"


def _parts(surface: str) -> str:
    """The signs of life of this surface's processes."""
    return "part IN ({})".format(", ".join(f"'{part}'" for part in PARTS[surface]))


# Row security holds inside these too: each role finds only what it may see of the table they look in.
_CONFIRMED = "email_address_id IN (SELECT id FROM account_emailaddress)"
_ATTEMPTED = "access_attempt_id IN (SELECT id FROM axes_accessattempt)"

ROW_RULES = {
    # An account is visible on its own surface; the office also sees the names of those who file.
    "accounts_user": {
        "portal": ("surface = 'portal'", "surface = 'portal'"),
        "office": ("surface IN ('portal', 'office')", "surface = 'office'"),
        "protection": ("true", "surface = 'protection'"),
    },
    "account_emailaddress": {surface: (_own(surface), _own(surface)) for surface in SIGN_IN},
    "account_emailconfirmation": dict.fromkeys(SIGN_IN, (_CONFIRMED, _CONFIRMED)),
    "mfa_authenticator": {surface: (_own(surface), _own(surface)) for surface in SIGN_IN},
    # Who failed to sign in at another door is nobody's business: `wpis.accounts.lockout` writes the door in front.
    "axes_accessattempt": {surface: (_tried(surface), _tried(surface)) for surface in SIGN_IN},
    # Who asks how often at another surface is nobody's business either (`wpis.rate_limits`).
    "accounts_recentrequests": {
        surface: (f"surface = '{surface}'", f"surface = '{surface}'") for surface in SIGN_IN
    },
    "wpis_grantedrights": {surface: (f"surface = '{surface}'", "false") for surface in ROLES},
    # Nobody says of another surface's process that it works, or learns how busy it is.
    "wpis_signoflife": {
        "office": (_parts("office"), _parts("office")),
        "files": (_parts("files"), _parts("files")),
        "protection": ("true", _parts("protection")),
    },
    # Who works behind the other door is nobody's business.
    **{
        table: {
            surface: (f"surface = '{surface}'", f"surface = '{surface}'")
            for surface in ("office", "protection")
        }
        for table in _STAFF
    },
    "axes_accessattemptexpiration": dict.fromkeys(SIGN_IN, (_ATTEMPTED, _ATTEMPTED)),
}
"""table -> surface -> (rows it may read, rows it may write), enforced by row security."""
