"""Reasons why a step on an alert may not happen now; each returns sentences, empty when it may."""

from typing import Any

from django.utils.translation import gettext as _

from alerts.evidence import Level

NEEDS_TWO = frozenset({Level.SERIOUS, Level.URGENT})
"""Levels at which one person alone cannot dismiss."""


def own(alert: Any, by: Any) -> list[str]:
    """Only the analyst who took the alert decides on it."""
    if alert.owner_id is not None and alert.owner_id == getattr(by, "pk", None):
        return []
    return [_("Another analyst has this alert. Take it over first.")]


def not_own(alert: Any, by: Any) -> list[str]:
    """Taking over makes sense only from somebody else."""
    if alert.owner_id == getattr(by, "pk", None):
        return [_("You have this alert already.")]
    return []


def own_and_one_person_enough(alert: Any, by: Any) -> list[str]:
    """Own alert, of a level that one person may dismiss."""
    if alert.level in NEEDS_TWO:
        return [*own(alert, by), _("A dismissal at this level needs a second analyst. Propose it instead.")]
    return own(alert, by)


def own_and_two_needed(alert: Any, by: Any) -> list[str]:
    """Own alert, of a level that two must dismiss."""
    if alert.level not in NEEDS_TWO:
        return [*own(alert, by), _("You may dismiss an alert of this level alone.")]
    return own(alert, by)


def second_person(alert: Any, by: Any) -> list[str]:
    """The analyst who proposed a dismissal cannot settle it (four eyes)."""
    if alert.proposed_by_id == getattr(by, "pk", None):
        return [_("You proposed this dismissal; a second analyst must settle it.")]
    return []
