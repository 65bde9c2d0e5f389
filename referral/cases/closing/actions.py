"""Propose to close a case, confirm or refuse that as the second person, take a proposal back."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from alerts import handover
from referral import powers
from referral.cases.closing.reading import end_reading
from referral.cases.closing.rules import open_proposal
from referral.cases.workflow import CASE
from referral.models import Case, ClosingProposal, Note
from referral.states import ClosingDecision, NoteKind
from wpis.accounts.models import User
from wpis.accounts.powers import authorize
from wpis.audit import trail
from wpis.errors import ChangedMeanwhile, Refused


@transaction.atomic
def propose(case: Case, outcome: str, reason: str, *, by: User, at: datetime) -> ClosingProposal:
    """Ask a second person to close the case. Raises Refused where `by` could not close it, or one was asked already."""
    authorize(by, powers.WORK)
    case = _lock(case)
    if not reason.strip():
        raise Refused(_("Give a reason."), field="reason")
    if reasons := CASE.refusals(case, "close", by):
        raise Refused(reasons)
    if open_proposal(case):
        raise Refused(_("This case already waits for a second person. Take that proposal back first."))
    proposal = ClosingProposal.objects.create(
        case=case, outcome=outcome, reason=reason.strip(), proposed_by=by, proposed_at=at
    )
    trail.record("referral.closing.propose", by=by, subject=case, outcome=str(outcome))
    return proposal


@transaction.atomic
def confirm(proposal: ClosingProposal, *, by: User, at: datetime) -> Case:
    """Close the case as proposed, as the second person, and report the outcome to the analysts.

    Raises Refused for the proposer in whatever session, for a decided proposal, when the case has another caseworker
    by now, and for open referrals.
    """
    case, proposal = _lock_undecided(proposal, by)
    _require_second(case, proposal, by)
    _decide(proposal, ClosingDecision.CONFIRMED, by=by, at=at)
    Note.objects.create(case=case, kind=NoteKind.REASON, text=proposal.reason, by=proposal.proposed_by, at=at)
    trail.record("referral.closing.confirm", by=by, subject=case, outcome=proposal.outcome)
    case = CASE.perform_locked(case, "close", by=by, at=at, closed_at=at, outcome=proposal.outcome)
    end_reading(case, proposal.outcome, by=by, at=at)
    handover.record_outcome(case.alert, proposal.outcome, at=at, by=by)
    return case


@transaction.atomic
def refuse(proposal: ClosingProposal, reason: str, *, by: User, at: datetime) -> Case:
    """Leave the case open, as the second person, for a reason that its team can read. Raises Refused like `confirm`."""
    if not reason.strip():
        raise Refused(_("Give a reason."), field="reason")
    case, proposal = _lock_undecided(proposal, by)
    _require_second(case, proposal, by)
    _decide(proposal, ClosingDecision.REFUSED, by=by, at=at, refusal=reason.strip())
    trail.record("referral.closing.refuse", by=by, subject=case, outcome=proposal.outcome)
    return case


@transaction.atomic
def take_back(proposal: ClosingProposal, *, by: User, at: datetime) -> Case:
    """Take one's own proposal back. Raises Refused for another's, or a decided one."""
    case, proposal = _lock_undecided(proposal, by)
    if proposal.proposed_by_id != by.pk:
        raise Refused(_("Only who proposed the closing takes it back."))
    _decide(proposal, ClosingDecision.TAKEN_BACK, by=by, at=at)
    trail.record("referral.closing.take_back", by=by, subject=case)
    return case


def lapse(case: Case, *, by: User, at: datetime) -> None:
    """End an undecided proposal because the case goes to another caseworker, in the caller's transaction."""
    undecided = case.closing_proposals.select_for_update(no_key=True).filter(decision="")
    for proposal in undecided:
        _decide(proposal, ClosingDecision.LAPSED, by=by, at=at)
        trail.record("referral.closing.lapse", by=by, subject=case)


def _lock(case: Case) -> Case:
    return Case.objects.select_for_update(no_key=True).get(pk=case.pk)


def _lock_undecided(proposal: ClosingProposal, by: User) -> tuple[Case, ClosingProposal]:
    """Case and proposal, locked in this order and read again. Raises PermissionDenied, and Refused when decided."""
    authorize(by, powers.WORK)
    case = _lock(proposal.case)
    proposal = ClosingProposal.objects.select_for_update(no_key=True).get(pk=proposal.pk)
    if proposal.decision:
        raise ChangedMeanwhile
    return case, proposal


def _require_second(case: Case, proposal: ClosingProposal, by: User) -> None:
    """Persons are told apart by their account, however many sessions they have."""
    if proposal.proposed_by_id == by.pk:
        raise Refused(_("You proposed this yourself. Another caseworker must confirm it."))
    if case.caseworker_id != proposal.proposed_by_id:
        raise ChangedMeanwhile


def _decide(
    proposal: ClosingProposal, decision: str, *, by: User, at: datetime, refusal: str | None = None
) -> None:
    proposal.decision, proposal.decided_by, proposal.decided_at = decision, by, at
    proposal.refusal = refusal
    proposal.save(update_fields=["decision", "decided_by", "decided_at", "refusal"])
