"""Decisions: one officer proposes on a legal ground, another confirms or sends back."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from permits.actions import permits
from permits.models import Application, Decision, Outcome
from permits.workflow import APPLICATION
from wpis import law
from wpis.accounts.models import User
from wpis.errors import Refused
from wpis.law.deadline import appeal_due

PROPOSE = {Outcome.APPROVAL: "propose_approval", Outcome.REFUSAL: "propose_refusal"}
CONFIRM = {Outcome.APPROVAL: "approve", Outcome.REFUSAL: "refuse"}


def grounds(outcome: str, filed: datetime) -> tuple[law.Ground, ...]:
    """The legal grounds for this outcome under the law of the day of first receipt: old files follow old law."""
    find = law.approval_grounds if outcome == Outcome.APPROVAL else law.refusal_grounds
    return find(timezone.localdate(filed))


def named_ground(decision: Decision) -> law.Ground:
    """The ground that a decision names, as it stood when the application was filed. Raises NotInForce."""
    filed = decision.application.submitted_at
    assert filed
    return law.ground(decision.ground, timezone.localdate(filed))


@transaction.atomic
def propose(
    application: Application, outcome: str, *, ground: str, reason: str, by: User, at: datetime
) -> Decision:
    """Propose approval or refusal. Raises Refused without a ground in force, or without reasons for a refusal."""
    assert application.submitted_at
    if ground not in {choice.code for choice in grounds(outcome, application.submitted_at)}:
        raise Refused(_("Choose the legal ground of the decision"), field="ground")
    if outcome == Outcome.REFUSAL and not reason.strip():
        raise Refused(_("Give the reasons for the refusal; the employer will read them"), field="reason")
    current = APPLICATION.perform(application, PROPOSE[Outcome(outcome)], by=by, at=at, reason=reason.strip())
    return Decision.objects.create(
        application=current,
        outcome=outcome,
        ground=ground,
        reason=reason.strip(),
        proposed_by=by,
        proposed_at=at,
    )


@transaction.atomic
def confirm(application: Application, *, by: User, at: datetime, read: str = "") -> Application:
    """Make the proposed decision final; a second person. An approval issues the permit in the same transaction.

    `read` is the id of the proposal that the person had before them; when another one waits by now, Refused.
    """
    decision = _open_decision(application)
    if read and read != str(decision.pk):
        raise Refused(_("This was changed meanwhile, so the step no longer fits. Look at the current state."))
    current: Application = APPLICATION.perform(
        application, CONFIRM[Outcome(decision.outcome)], by=by, at=at, decided_at=at
    )
    decision.settled_by, decision.settled_at, decision.confirmed = by, at, True
    if decision.outcome == Outcome.REFUSAL:
        decision.appeal_until = appeal_due(timezone.localdate(at))
    decision.save(update_fields=["settled_by", "settled_at", "confirmed", "appeal_until"])
    if decision.outcome == Outcome.APPROVAL:
        permits.issue(current, decision, at=at)
    return current


@transaction.atomic
def send_back(application: Application, reason: str, *, by: User, at: datetime) -> Application:
    """Return a proposal to its officer with a reason; a second person."""
    if not reason.strip():
        raise Refused(_("Say what should be looked at again"), field="reason")
    decision = _open_decision(application)
    current: Application = APPLICATION.perform(application, "return", by=by, at=at, reason=reason.strip())
    decision.settled_by, decision.settled_at, decision.confirmed = by, at, False
    decision.return_reason = reason.strip()
    decision.save(update_fields=["settled_by", "settled_at", "confirmed", "return_reason"])
    return current


def _open_decision(application: Application) -> Decision:
    """The proposal that waits. Raises Refused when somebody settled it meanwhile."""
    decision = (
        Decision.objects.select_for_update(no_key=True)
        .filter(application=application, settled_at=None)
        .first()
    )
    if decision is None:
        raise Refused(_("No decision is waiting for confirmation. Look at the current state."))
    return decision
