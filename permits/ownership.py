"""Whose file an application is: reasons why a step is not this officer's, empty when it is."""

from django.utils.translation import gettext as _

from permits.models import Application
from wpis.accounts.models import User


def own_file(application: Application, by: User | None) -> list[str]:
    """Only the officer who took the file works on it."""
    if application.officer_id == getattr(by, "pk", None):
        return []
    return [_("Another officer has this file. Take it over first.")]


def not_own_file(application: Application, by: User | None) -> list[str]:
    """Not the officer's own file: one of a colleague, or one without an officer."""
    if application.officer_id != getattr(by, "pk", None):
        return []
    return [_("You have this file already.")]
