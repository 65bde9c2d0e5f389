"""The history of one case in words: its steps, the person's answers, and the course of its referrals."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from referral.agencies.presenters import agency_name
from referral.audit_actions import ACTIONS
from referral.models import Case, Referral
from referral.states import ClosingDecision, ReferralState
from wpis.accounts.models import User


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a case's history, in the shape of the timeline component."""

    title: str
    at: datetime
    by: str
    note: str = ""


def history(case: Case) -> list[Event]:
    """Steps, answers and referrals of a case, newest first."""
    events = [_event("referral.case.open", case.opened_at, None)]
    events += [
        _event(f"referral.case.{change.step}", change.at, change.by)
        for change in case.changes.select_related("by")
    ]
    events += [*_answers(case), *_team(case), *_closings(case)]
    for referral in case.referrals.select_related("sent_by", "answered_by", "outcome_by").defer("packet"):
        events += _course(referral)
    return sorted(events, key=lambda event: event.at, reverse=True)


def _team(case: Case) -> Iterator[Event]:
    """Who came to the team and left it, and who read the case from outside and why."""
    for row in case.members.select_related("member", "added_by", "removed_by"):
        yield _event(
            "referral.member.add", row.added_at, row.added_by, f"{row.member}. {row.get_kind_display()}"
        )
        if row.removed_at:
            yield _event("referral.member.remove", row.removed_at, row.removed_by, str(row.member))
    for access in case.outside_accesses.select_related("by"):
        why = "\n".join(filter(None, (access.get_reason_display(), access.note)))
        yield _event("referral.case.read_outside", access.at, access.by, why)


def _closings(case: Case) -> Iterator[Event]:
    for proposal in case.closing_proposals.select_related("proposed_by", "decided_by").defer("reason"):
        outcome = proposal.get_outcome_display()
        yield _event("referral.closing.propose", proposal.proposed_at, proposal.proposed_by, outcome)
        if proposal.decided_at:
            title = ClosingDecision(proposal.decision).label
            yield Event(
                str(title), proposal.decided_at, str(proposal.decided_by), proposal.refusal or outcome
            )


def _answers(case: Case) -> Iterator[Event]:
    for consent in case.consents.select_related("recorded_by", "withdrawn_by"):
        agency = agency_name(consent.agency)
        answer = _("Answer recorded: %(answer)s") % {"answer": consent.get_answer_display()}
        yield Event(answer, consent.recorded_at, str(consent.recorded_by), agency)
        if consent.withdrawn_at:
            yield _event("referral.consent.withdraw", consent.withdrawn_at, consent.withdrawn_by, agency)


def _course(referral: Referral) -> Iterator[Event]:
    agency = agency_name(referral.agency)
    yield _event("referral.disclosure.send", referral.sent_at, referral.sent_by, agency)
    if referral.answered_at:
        step = "decline" if referral.state == ReferralState.DECLINED else "accept"
        yield _event(f"referral.disclosure.{step}", referral.answered_at, referral.answered_by, agency)
    if referral.escalated_at:
        yield _event("referral.disclosure.escalate", referral.escalated_at, None, agency)
    if referral.outcome_at:
        yield _event("referral.disclosure.complete", referral.outcome_at, referral.outcome_by, agency)


def _event(action: str, at: datetime, by: User | None, note: str = "") -> Event:
    return Event(str(ACTIONS[action]), at, str(by) if by else "", note)
