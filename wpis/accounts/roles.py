"""Roles, and the one surface each of them works on. A person with two jobs has two accounts."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Surface(models.TextChoices):
    """The three surfaces; each has its own host, process group, database role and cookie."""

    PORTAL = "portal", _("Portal")
    OFFICE = "office", _("Office")
    PROTECTION = "protection", _("Protection")


class Role(models.TextChoices):
    """What a person is here for. Which powers a role has is said in each app's `powers.py`."""

    EMPLOYER = "employer", _("Employer")
    DELEGATE = "delegate", _("Employer's delegate")
    OFFICER = "officer", _("Migration officer")
    SUPERVISOR = "supervisor", _("Migration supervisor")
    ANALYST = "analyst", _("Analyst")
    CASEWORKER = "caseworker", _("Caseworker")
    PARTNER = "partner", _("Partner agency")
    AUDITOR = "auditor", _("Auditor")
    MANAGER = "manager", _("Manager")
    OFFICE_ADMINISTRATOR = "office_admin", _("Administrator of the office")
    PROTECTION_ADMINISTRATOR = "protection_admin", _("Administrator of the protection workspace")


SURFACE_OF: dict[str, str] = {
    Role.EMPLOYER: Surface.PORTAL,
    Role.DELEGATE: Surface.PORTAL,
    Role.OFFICER: Surface.OFFICE,
    Role.SUPERVISOR: Surface.OFFICE,
    Role.ANALYST: Surface.PROTECTION,
    Role.CASEWORKER: Surface.PROTECTION,
    Role.PARTNER: Surface.PROTECTION,
    Role.AUDITOR: Surface.PROTECTION,
    Role.MANAGER: Surface.OFFICE,
    Role.OFFICE_ADMINISTRATOR: Surface.OFFICE,
    Role.PROTECTION_ADMINISTRATOR: Surface.PROTECTION,
}
"""Role -> the only surface where it can sign in (architecture, decision 4)."""

ADMINISTRATOR_OF: dict[str, Role] = {
    Surface.OFFICE: Role.OFFICE_ADMINISTRATOR,
    Surface.PROTECTION: Role.PROTECTION_ADMINISTRATOR,
}
"""Surface -> the role that manages its accounts. The accounts of the portal are made by their owners."""


def roles_on(surface: str) -> list[Role]:
    """The roles that work on this surface, in the order of their declaration."""
    return [role for role in Role if SURFACE_OF[role] == surface]
