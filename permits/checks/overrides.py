"""Overrides: one supervisor requests that a decision shall not wait for a check, and a second one confirms it later."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from permits import powers
from permits.case_types.registry import case_type
from permits.checks.required_documents import submitted_with
from permits.checks.separation import not_the_decider
from permits.checks.waiting import unsatisfied
from permits.models import Application, Check, CheckKind, CheckOverride, Submission
from wpis import law
from wpis.accounts.models import User
from wpis.accounts.powers import authorize
from wpis.audit import trail
from wpis.errors import Refused
from wpis.formatting.days import moment


@transaction.atomic
def request_override(check: Check, reason: str, *, by: User, at: datetime) -> CheckOverride:
    """Ask that a decision shall not wait for a check; a second supervisor can confirm it after the waiting time.

    Raises Refused without a reason, when the check no longer waits, when it was requested already, and for those
    who decide on the file.
    """
    authorize(by, powers.OVERRIDE)
    if not reason.strip():
        raise Refused(_("Say why the decision cannot wait for this check"), field="reason")
    current = _locked(check)
    if not holds(current):
        raise Refused(_("This check no longer waits."))
    if current.overrides.filter(settled_at=None).exists():
        raise Refused(_("An override of this check has been requested already."))
    if reasons := not_the_decider(current.submission.application, by):
        raise Refused(reasons)
    row = CheckOverride.objects.create(
        check_row=current,
        requested_by=by,
        requested_at=at,
        reason=reason.strip(),
        waits_until=at + waiting_time(at=at),
    )
    trail.record("permits.check.request_override", by=by, subject=current, kind=current.kind)
    return row


@transaction.atomic
def confirm_override(override: CheckOverride, *, by: User, at: datetime) -> CheckOverride:
    """Let a decision go ahead without the check, as the second supervisor.

    Raises Refused for the one who requested it, before the waiting time is over, when it was settled or the check
    no longer waits, and for those who decide on the file.
    """
    authorize(by, powers.OVERRIDE)
    current, row = _open_request(override)
    if not holds(current):
        raise Refused(_("This check no longer waits."))
    if row.requested_by_id == by.pk:
        raise Refused(_("You requested this override; a second supervisor must confirm it."))
    if reasons := not_the_decider(current.submission.application, by):
        raise Refused(reasons)
    if at < row.waits_until:
        raise Refused(
            _("This override can be confirmed from %(moment)s on.") % {"moment": moment(row.waits_until)}
        )
    row.settled_by, row.settled_at, row.confirmed = by, at, True
    row.save(update_fields=["settled_by", "settled_at", "confirmed"])
    current.overridden_at, current.overridden_by = at, row.requested_by
    current.override_reason = row.reason
    current.save(update_fields=["overridden_at", "overridden_by", "override_reason"])
    trail.record("permits.check.override", by=by, subject=current, kind=current.kind)
    return row


@transaction.atomic
def decline_override(override: CheckOverride, reason: str, *, by: User, at: datetime) -> CheckOverride:
    """Settle a request without overriding anything: a supervisor declines it, or who made it takes it back."""
    authorize(by, powers.OVERRIDE)
    if not reason.strip():
        raise Refused(_("Say why the check is not overridden"), field="reason")
    current, row = _open_request(override)
    row.settled_by, row.settled_at, row.confirmed = by, at, False
    row.return_reason = reason.strip()
    row.save(update_fields=["settled_by", "settled_at", "confirmed", "return_reason"])
    trail.record("permits.check.decline_override", by=by, subject=current, kind=current.kind)
    return row


def waiting_time(*, at: datetime) -> timedelta:
    """How long a request made at this moment waits before it can be confirmed, under the law of the day."""
    return timedelta(hours=law.in_force(timezone.localdate(at)).check_override_waiting_hours)


def holds(check: Check) -> bool:
    """Whether this check holds an approval in a way that an override would end.

    The check of the files does so also when it completed under an earlier release although a required document
    cannot be shown.
    """
    if check.superseded_at or check.overridden_at:
        return False
    if check.completed_at is None:
        return True
    if check.kind != CheckKind.DOCUMENTS:
        return False
    submission = check.submission
    return bool(unsatisfied(case_type(submission.application.kind), check, submitted_with(submission)))


def _locked(check: Check) -> Check:
    """The check, locked together with its application, so that a new submission or a decision waits for this step."""
    of_check = Submission.objects.filter(checks=check.pk).values("application")
    Application.objects.select_for_update(no_key=True).values_list("pk").get(pk__in=of_check)
    return (
        Check.objects.select_for_update(no_key=True, of=("self",))
        .select_related("submission__application")
        .get(pk=check.pk)
    )


def _open_request(override: CheckOverride) -> tuple[Check, CheckOverride]:
    """The locked check and the request. Raises Refused when it was settled meanwhile."""
    current = _locked(override.check_row)
    row = (
        CheckOverride.objects.select_for_update(no_key=True, of=("self",))
        .select_related("requested_by")
        .get(pk=override.pk)
    )
    if row.settled_at is not None:
        raise Refused(_("This request has been settled already. Look at the current state."))
    return current, row
