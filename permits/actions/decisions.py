"""Decisions: one officer proposes one on a legal ground, a second person confirms it or sends it back."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from permits import guards
from permits.actions import justifications, permits
from permits.case_types.registry import case_type
from permits.models import Application, Decision, Outcome
from permits.workflow import APPLICATION
from wpis import law
from wpis.accounts.models import User
from wpis.errors import ChangedMeanwhile, Refused

PROPOSE = {Outcome.APPROVAL: "propose_approval", Outcome.REFUSAL: "propose_refusal"}
CONFIRM = {Outcome.APPROVAL: "approve", Outcome.REFUSAL: "refuse"}


def grounds(application: Application, outcome: str) -> tuple[law.Ground, ...]:
    """The legal grounds of its case type for this outcome, under the law of the day of first receipt."""
    declared = case_type(application.kind)
    find = declared.approval_grounds if outcome == Outcome.APPROVAL else declared.refusal_grounds
    assert application.submitted_at
    return find(timezone.localdate(application.submitted_at))


def named_ground(decision: Decision) -> law.Ground:
    """The ground that a decision names, as it stood when the application was filed. Raises NotInForce."""
    filed = decision.application.submitted_at
    assert filed
    return law.ground(decision.ground, timezone.localdate(filed))


@transaction.atomic
def propose(
    application: Application,
    outcome: str,
    *,
    ground: str,
    reason: str,
    expected_submission: UUID,
    by: User,
    at: datetime,
    justification: str = "",
) -> Decision:
    """Propose approval or refusal.

    Raises Refused without a ground in force, without reasons for a refusal, for an approval without a `justification`
    of a contract that breaks limits of the law, or when the employer has filed something newer than
    `expected_submission`, the submission that the officer read.
    """
    if ground not in {choice.code for choice in grounds(application, outcome)}:
        raise Refused(_("Choose the legal ground of the decision"), field="ground")
    if outcome == Outcome.REFUSAL and not reason.strip():
        raise Refused(_("Give the reasons for the refusal; the employer will read them"), field="reason")
    current = Application.objects.select_for_update(no_key=True).get(pk=application.pk)
    if current.submissions.latest("number").pk != expected_submission:
        raise ChangedMeanwhile
    if outcome == Outcome.APPROVAL:
        _files_are_intact(current)
        justified = justifications.needed(current, justification)
    current = APPLICATION.perform_locked(
        current, PROPOSE[Outcome(outcome)], by=by, at=at, reason=reason.strip()
    )
    decision = Decision.objects.create(
        application=current,
        outcome=outcome,
        ground=ground,
        reason=reason.strip(),
        proposed_by=by,
        proposed_at=at,
    )
    if outcome == Outcome.APPROVAL:
        justifications.keep(decision, justified, justification, by=by, at=at)
    return decision


@transaction.atomic
def confirm(
    application: Application, *, expected_decision: UUID, by: User, at: datetime, justification: str = ""
) -> Application:
    """Make the proposed decision final; a second person.

    An approval issues the permit in the same transaction, where its case type issues one.

    Raises Refused when no proposal waits, or another one than `expected_decision`, the one that the person read, and
    for an approval without this person's own `justification` of a contract that breaks limits of the law.
    """
    decision = _open_decision(application, expected_decision)
    if decision.outcome == Outcome.APPROVAL:
        _files_are_intact(application)
        justified = justifications.needed(application, justification)
    current = APPLICATION.perform(
        application, CONFIRM[Outcome(decision.outcome)], by=by, at=at, decided_at=at
    )
    if decision.outcome == Outcome.APPROVAL:  # before it is settled: the database asks for this reason then
        justifications.keep(decision, justified, justification, by=by, at=at)
    decision.settled_by, decision.settled_at, decision.confirmed = by, at, True
    if decision.outcome == Outcome.REFUSAL:
        decision.appeal_until = case_type(current.kind).appeal_due(timezone.localdate(at))
    decision.save(update_fields=["settled_by", "settled_at", "confirmed", "appeal_until"])
    if decision.outcome == Outcome.APPROVAL and case_type(current.kind).issues_permit:
        permits.issue(current, decision, by=by, at=at)
    return current


@transaction.atomic
def send_back(
    application: Application, reason: str, *, expected_decision: UUID, by: User, at: datetime
) -> Application:
    """Return the proposal that the person read to its officer with a reason; a second person."""
    if not reason.strip():
        raise Refused(_("Say what should be looked at again"), field="reason")
    decision = _open_decision(application, expected_decision)
    current = APPLICATION.perform(application, "return", by=by, at=at, reason=reason.strip())
    decision.settled_by, decision.settled_at, decision.confirmed = by, at, False
    decision.return_reason = reason.strip()
    decision.save(update_fields=["settled_by", "settled_at", "confirmed", "return_reason"])
    return current


def _files_are_intact(application: Application) -> None:
    """Raises Refused when a document is not stored as it was cleared."""
    if reasons := guards.documents_as_inspected(application):
        raise Refused(reasons)


def _open_decision(application: Application, expected: UUID) -> Decision:
    """The proposal that waits. Raises Refused when it was settled, and ChangedMeanwhile when another one waits."""
    decision = (
        Decision.objects.select_for_update(no_key=True)
        .filter(application=application, settled_at=None)
        .first()
    )
    if decision is None:
        raise Refused(_("No decision is waiting for confirmation. Look at the current state."))
    if decision.pk != expected:
        raise ChangedMeanwhile
    return decision
