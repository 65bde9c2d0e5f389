"""Where an override stands, in words: the same for every file, whatever its checks may find."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from permits.models import CheckOverride
from wpis.accounts.models import User
from wpis.formatting.days import day, moment


@dataclass(frozen=True, slots=True)
class OverrideRow:
    """One override with its status in words; `open` while a second supervisor can settle it."""

    override: CheckOverride
    word: str
    kind_of_tag: str
    open: bool


def row_of(override: CheckOverride, *, holds: bool, at: datetime) -> OverrideRow:
    """An override as its row; `holds` says whether its check still holds the approval."""
    word, tag = _standing(override, holds, at)
    return OverrideRow(override, word, tag, override.settled_at is None and holds)


def _standing(override: CheckOverride, holds: bool, at: datetime) -> tuple[str, str]:
    if override.alone:
        return _("Overridden by one supervisor"), "warn"
    if override.confirmed:
        return _("Overridden"), "warn"
    if override.settled_at:
        taken_back = override.settled_by_id == override.requested_by_id
        return (_("Taken back") if taken_back else _("Request declined")), "plain"
    if not holds:
        return _("No longer needed"), "plain"
    if at < override.waits_until:
        return _("Can be confirmed from %(moment)s on") % {"moment": moment(override.waits_until)}, "info"
    return _("Waits for a second supervisor"), "info"


def sentences(override: CheckOverride) -> list[str]:
    """Who asked and why, and who settled it and why, as the file shows them."""
    said: dict[str, Any] = {
        "who": override.requested_by,
        "day": day(override.requested_at),
        "reason": override.reason,
    }
    found = [_("Requested by %(who)s, %(day)s: %(reason)s") % said]
    if override.settled_by:
        settled = {
            "who": override.settled_by,
            "day": day(override.settled_at),
            "reason": override.return_reason,
        }
        found.append(
            _("Confirmed by %(who)s, %(day)s") % settled
            if override.confirmed
            else _("Not overridden: %(who)s, %(day)s: %(reason)s") % settled
        )
    return found


def may_confirm(override: CheckOverride, user: User, at: datetime) -> bool:
    """Whether the button is offered; the action decides."""
    return override.requested_by_id != user.pk and at >= override.waits_until
