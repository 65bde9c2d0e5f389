"""What holds for every step of an administrator: not for oneself, not elsewhere, one at a time."""

from collections.abc import Mapping
from datetime import date

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from wpis.accounts.models import User
from wpis.accounts.powers import Power
from wpis.accounts.roles import SURFACE_OF, Role
from wpis.accounts.staff import ROLES_GIVEN_ALONE, Kind
from wpis.errors import Refused
from wpis.powers import MANAGE_STAFF


def holds(user: User, powers: Mapping[str, Power]) -> bool:
    """Whether somebody holds the power of their own surface."""
    power = powers.get(user.surface)
    return power is not None and power.held_by(user)


def require_power(user: User, powers: Mapping[str, Power]) -> None:
    """Raise PermissionDenied unless somebody holds the power of their own surface."""
    if not holds(user, powers):
        raise PermissionDenied("staff")


def needs_second(kind: str, role: str) -> bool:
    """Whether a second person has to confirm that somebody gets this; the database asks the same (`ALONE`)."""
    return kind == Kind.RESET or role not in ROLES_GIVEN_ALONE


def lock_both(account: User, *, by: User, powers: Mapping[str, Power] = MANAGE_STAFF) -> User:
    """Lock the account and the one who acts, in one order; the account as it is now.

    Both rows, because two administrators may close each other at the same moment: the second finds itself closed.

    Raises:
        PermissionDenied: `by` does not hold the power (any more), or the account is of another surface.
        Refused: the account is one's own.
    """
    rows = User.objects.select_for_update(no_key=True).filter(pk__in=[account.pk, by.pk]).order_by("pk")
    locked = {row.pk: row for row in rows}
    require_power(locked[by.pk], powers)
    if account.pk == by.pk:
        raise Refused(_("Nobody changes their own account here. Ask another administrator."))
    authorize_surface(locked[account.pk].surface, by=by)
    return locked[account.pk]


def access_of(account: User) -> str:
    """What an account is for, as a form carries it, so that nobody overwrites what they have not seen."""
    return f"{account.role} {account.agency} {account.ends_on or ''}"


def authorize_surface(surface: str, *, by: User) -> None:
    """Raise Refused unless the administrator works on this surface."""
    if surface != by.surface:
        raise Refused(_("This account belongs to another part of the service."))


def require_fitting(role: str, agency: str, ends_on: date | None, *, by: User, on: date) -> None:
    """Raise Refused, at the field, for what cannot be asked for on this surface."""
    if SURFACE_OF.get(role) != by.surface:
        raise Refused(_("Choose one of the answers shown"), field="role")
    if bool(agency) != (role == Role.PARTNER):
        raise Refused(_("A partner works for an agency, nobody else does."), field="agency")
    if ends_on is not None and ends_on < on:
        raise Refused(_("Enter a day that is not over yet"), field="ends_on")
