"""What each surface's database role may do with the tables of the ground and of the libraries it uses."""

from wpis.surfaces import ROLES, Grants

_READ_WRITE = "SELECT, INSERT, UPDATE"
_OWN = "SELECT, INSERT, UPDATE, DELETE"  # rows that belong to a sign-in, not records: sessions, factors, attempts

_SIGN_IN = {
    "accounts_user": _READ_WRITE,
    "account_emailaddress": _OWN,
    "account_emailconfirmation": _OWN,
    "mfa_authenticator": _OWN,
    "axes_accessattempt": _OWN,
    "axes_accessfailurelog": _READ_WRITE,
    "axes_accessattemptexpiration": _OWN,
    "django_content_type": "SELECT",
    "django_migrations": "SELECT",
    "auth_permission": "SELECT",
    "auth_group": "SELECT",
    "auth_group_permissions": "SELECT",
    "accounts_user_groups": "SELECT",
    "accounts_user_user_permissions": "SELECT",
    "guardian_userobjectpermission": "SELECT",
    "guardian_groupobjectpermission": "SELECT",
    "audit_auditevent": "INSERT",
}

GRANTS: Grants = {
    "portal": {
        **_SIGN_IN,
        "accounts_portalsession": _OWN,
        "guardian_userobjectpermission": _OWN,  # an employer names and dismisses delegates
        "wpis_errand": "INSERT",
    },
    "office": {**_SIGN_IN, "accounts_officesession": _OWN, "wpis_errand": _READ_WRITE},
    "protection": {
        **_SIGN_IN,
        "accounts_protectionsession": _OWN,
        "audit_auditevent": "SELECT, INSERT",
        "wpis_errand": _READ_WRITE,
    },
}


def _own(surface: str) -> str:
    """The rows that belong to an account of this surface."""
    return f"user_id IN (SELECT id FROM accounts_user WHERE surface = '{surface}')"  # noqa: S608  our own words


ROW_RULES = {
    # An account is visible on its own surface; the office also sees the names of those who file.
    "accounts_user": {
        "portal": ("surface = 'portal'", "surface = 'portal'"),
        "office": ("surface IN ('portal', 'office')", "surface = 'office'"),
        "protection": ("true", "surface = 'protection'"),
    },
    "account_emailaddress": {surface: (_own(surface), _own(surface)) for surface in ROLES},
    "mfa_authenticator": {surface: (_own(surface), _own(surface)) for surface in ROLES},
}
"""table -> surface -> (rows it may read, rows it may write), enforced by row security."""
