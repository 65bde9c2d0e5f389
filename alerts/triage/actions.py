"""An analyst takes an alert, and dismisses or confirms it with a reason; a serious dismissal takes two."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from alerts import powers
from alerts.guards import NEEDS_TWO
from alerts.models import Alert
from alerts.states import Category
from alerts.triage.queries import proposal_of, waiting
from alerts.workflow import ALERT
from wpis.accounts.models import User
from wpis.accounts.powers import authorize
from wpis.errors import ChangedMeanwhile, Refused

SHORTEST_REASON = 10  # characters; "ok" explains nothing to the next reader


def take(alert: Alert, *, by: User, at: datetime) -> Alert:
    """Make the alert one's own. Raises PermissionDenied, Refused when somebody was faster."""
    return _perform(alert, "take", by=by, at=at, owner=by)


def take_next(*, by: User, at: datetime) -> Alert | None:
    """Take the most pressing alert that nobody has; None when there is none."""
    with transaction.atomic():
        alert = waiting().select_for_update(skip_locked=True, no_key=True, of=("self",)).first()
        return None if alert is None else take(alert, by=by, at=at)


@transaction.atomic
def take_over(alert: Alert, *, expected_owner: UUID, by: User, at: datetime, reason: str) -> Alert:
    """Take an alert from another analyst, who is away or stuck.

    Raises PermissionDenied, Refused, and ChangedMeanwhile when it is no longer `expected_owner` who has it.
    """
    authorize(by, powers.TRIAGE)
    reason, current = _given(reason), _locked(alert)
    if current.owner_id != expected_owner:
        raise ChangedMeanwhile
    return ALERT.perform_locked(current, "take_over", by=by, at=at, reason=reason, owner=by)


def release(alert: Alert, *, by: User, at: datetime) -> Alert:
    """Hand the alert back to the queue; no reason is asked (staff care). Raises PermissionDenied, Refused."""
    return _perform(alert, "release", by=by, at=at, owner=None)


def confirm(alert: Alert, *, by: User, at: datetime, reason: str) -> Alert:
    """Say that somebody should talk to this worker; the downstream app finds it in `alerts.handover`.

    Raises PermissionDenied, Refused without a reason or when the alert is not one's own.
    """
    return _perform(alert, "confirm", by=by, at=at, reason=_given(reason), category="", proposed_by=None)


def dismiss(alert: Alert, *, by: User, at: datetime, reason: str, category: Category | str) -> Alert:
    """Close the alert, or at the upper levels propose to; then a second analyst agrees or returns it.

    Raises PermissionDenied, Refused without a reason or category or when the alert is not one's own.
    """
    if category not in Category.values:
        raise Refused(_("Choose why the alert is dismissed."), field="category")
    reason = _given(reason)
    if alert.level in NEEDS_TWO:
        return _perform(
            alert, "propose_dismissal", by=by, at=at, reason=reason, category=category, proposed_by=by
        )
    return _perform(alert, "dismiss", by=by, at=at, reason=reason, category=category)


def agree(alert: Alert, *, expected_proposal: UUID, by: User, at: datetime, reason: str = "") -> Alert:
    """Settle a proposed dismissal as the second person.

    Raises PermissionDenied, Refused, and ChangedMeanwhile when another proposal waits than the one that was read.
    """
    return _answer(alert, "agree", expected_proposal, by=by, at=at, reason=reason.strip())


def give_back(alert: Alert, *, expected_proposal: UUID, by: User, at: datetime, reason: str) -> Alert:
    """Disagree with a proposed dismissal; it goes back to its owner.

    Raises PermissionDenied, Refused, and ChangedMeanwhile when another proposal waits than the one that was read.
    """
    reason = _given(reason)
    return _answer(
        alert, "return", expected_proposal, by=by, at=at, reason=reason, category="", proposed_by=None
    )


def reopen(alert: Alert, *, by: User, at: datetime, reason: str) -> Alert:
    """Look again at what was dismissed, or confirmed, not handed over. Raises PermissionDenied, Refused."""
    return _perform(
        alert, "reopen", by=by, at=at, reason=_given(reason), owner=by, category="", proposed_by=None
    )


def _perform(alert: Alert, step: str, **changes: Any) -> Alert:
    return ALERT.perform(alert, step, **changes)


@transaction.atomic
def _answer(alert: Alert, step: str, expected: UUID, *, by: User, at: datetime, **changes: Any) -> Alert:
    """What the second person says about the proposal they read; the step itself authorizes the second person."""
    authorize(by, powers.SECOND)
    current = _locked(alert)
    proposal = proposal_of(current.pk)
    if proposal is None or proposal.pk != expected:
        raise ChangedMeanwhile
    return ALERT.perform_locked(current, step, by=by, at=at, **changes)


def _locked(alert: Alert) -> Alert:
    return Alert.objects.select_for_update(no_key=True).get(pk=alert.pk)


def _given(reason: str) -> str:
    reason = reason.strip()
    if len(reason) < SHORTEST_REASON:
        raise Refused(_("Write the reason in a sentence."), field="reason")
    return reason
