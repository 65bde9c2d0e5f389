"""Closing as "no concern", and closing a case that lately was a colleague's, takes two persons."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from alerts.models import Alert
from referral.cases import actions as cases
from referral.cases.closing import actions as closing
from referral.models import Case, ClosingProposal, Note
from referral.states import CaseOutcome, CaseState, ClosingDecision, NoteKind
from tests.factories.referral import a_case, a_caseworker, a_partner, a_referral, from_outside
from tests.referral.pages import text, url
from wpis.audit.models import AuditEvent
from wpis.errors import Refused

pytestmark = pytest.mark.django_db


def proposed(case: Case | None = None, outcome: str = CaseOutcome.NO_CONCERN) -> ClosingProposal:
    """A case that its caseworker wants to close."""
    case = case or a_case()
    left = cases.close(case, outcome, "Nothing to see.", by=case.caseworker, at=timezone.now())
    assert left.state != CaseState.CLOSED
    return ClosingProposal.objects.get(case=case, decision="")


def taken_over(at=None) -> Case:
    """A case that its caseworker took over from a colleague."""
    at = at or timezone.now()
    case = a_case(at=at)
    return cases.take_over(case, "Away.", by=a_caseworker(), at=at, expected_caseworker=case.caseworker_id)


def test_no_concern_is_closed_when_a_second_person_confirms_it():
    proposal, second = proposed(), a_caseworker()
    case = closing.confirm(proposal, by=second, at=timezone.now())
    assert (case.state, case.outcome) == (CaseState.CLOSED, CaseOutcome.NO_CONCERN)
    proposal.refresh_from_db()
    assert (proposal.decision, proposal.decided_by) == (ClosingDecision.CONFIRMED, second)
    assert case.changes.get(step="close").by == second
    reason = Note.objects.get(case=case, kind=NoteKind.REASON)
    assert (reason.text, reason.by) == ("Nothing to see.", proposal.proposed_by)
    assert Alert.objects.get(pk=case.alert).outcome == CaseOutcome.NO_CONCERN
    assert AuditEvent.objects.get(action="referral.closing.confirm").actor == second.pk


@pytest.mark.parametrize("outcome", [o for o in CaseOutcome if o != CaseOutcome.NO_CONCERN])
def test_one_s_own_case_is_closed_alone_with_every_other_outcome(outcome):
    case = a_case()
    assert (
        cases.close(case, outcome, "Done.", by=case.caseworker, at=timezone.now()).state == CaseState.CLOSED
    )


@pytest.mark.parametrize(("days", "alone"), [(0, False), (29, False), (31, True)])
def test_a_colleague_s_case_is_closed_alone_only_after_some_time(days, alone):
    case = taken_over(timezone.now() - timedelta(days=days))
    case = cases.close(case, CaseOutcome.IDENTIFIED, "Done.", by=case.caseworker, at=timezone.now())
    assert (case.state == CaseState.CLOSED) is alone


def test_a_reopened_case_of_a_colleague_is_a_colleague_s_too():
    case = a_case()
    case = cases.close(case, CaseOutcome.IDENTIFIED, "Done.", by=case.caseworker, at=timezone.now())
    former = case.caseworker
    case = cases.reopen(case, "A call.", by=a_caseworker(), at=timezone.now())
    proposal = proposed(case, CaseOutcome.IDENTIFIED)
    assert closing.confirm(proposal, by=former, at=timezone.now()).state == CaseState.CLOSED


def test_the_proposer_is_never_the_second_person_in_whatever_session(client_on):
    proposal = proposed()
    owner = proposal.proposed_by
    with pytest.raises(Refused, match="yourself"):
        closing.confirm(proposal, by=owner, at=timezone.now())
    with pytest.raises(Refused, match="yourself"):
        closing.refuse(proposal, "No.", by=owner, at=timezone.now())
    for browser in (client_on("protection").sign_in(owner), client_on("protection").sign_in(owner)):
        page = browser.get(url("closing", proposal.case_id, proposal.pk))
        assert "Another caseworker must confirm it" in text(page)
        assert "Confirm and close" not in text(page)
        answer = browser.post(url("decide_closing", proposal.case_id, proposal.pk, "confirm"))
        assert answer.status_code == 422
        assert "You proposed this yourself" in text(answer)
    assert Case.objects.get().state != CaseState.CLOSED
    with pytest.raises(PermissionDenied):
        closing.confirm(proposal, by=a_partner(), at=timezone.now())


def test_who_takes_the_case_over_does_not_inherit_the_proposal():
    proposal, other = proposed(), a_caseworker()
    cases.take_over(
        proposal.case, "Away.", by=other, at=timezone.now(), expected_caseworker=proposal.proposed_by_id
    )
    proposal.refresh_from_db()
    assert proposal.decision == ClosingDecision.LAPSED
    for by in (other, proposal.proposed_by):
        with pytest.raises(Refused, match="changed meanwhile"):
            closing.confirm(proposal, by=by, at=timezone.now())


def test_a_refusal_leaves_the_case_open_and_its_reason_stands_in_the_history(protection):
    proposal, second = proposed(), a_caseworker(name="Gayane Petrosyan")
    with pytest.raises(Refused, match="Give a reason"):
        closing.refuse(proposal, " ", by=second, at=timezone.now())
    closing.refuse(proposal, "Nobody has talked to the person.", by=second, at=timezone.now())
    page = text(protection.sign_in(proposal.proposed_by).get(url("history", proposal.case_id)))
    assert "Refused by a second person" in page
    assert "Nobody has talked to the person." in page
    assert Case.objects.get().state == CaseState.OPEN
    with connection.cursor() as cursor:
        cursor.execute("SELECT reason, refusal FROM referral_closingproposal")
        stored = b"".join(bytes(value) for value in cursor.fetchone())
    assert b"Nobody" not in stored
    assert b"Nothing" not in stored


def test_only_who_proposed_takes_it_back_and_can_propose_again():
    proposal = proposed()
    with pytest.raises(Refused, match="takes it back"):
        closing.take_back(proposal, by=a_caseworker(), at=timezone.now())
    with pytest.raises(Refused, match="already waits"):
        closing.propose(proposal.case, "declined", "x", by=proposal.proposed_by, at=timezone.now())
    closing.take_back(proposal, by=proposal.proposed_by, at=timezone.now())
    assert proposed(proposal.case) != proposal


def test_a_referral_sent_after_the_proposal_blocks_the_confirmation():
    proposal = proposed()
    sent, _partner = a_referral(proposal.case)
    with pytest.raises(Refused, match=sent.reference):
        closing.confirm(proposal, by=a_caseworker(), at=timezone.now())
    proposal.refresh_from_db()
    assert proposal.decision == ""


def test_a_confirmation_closes_once():
    proposal, second = proposed(), a_caseworker()
    case = closing.confirm(proposal, by=second, at=timezone.now())
    case = cases.reopen(case, "A call.", by=proposal.proposed_by, at=timezone.now())
    with pytest.raises(Refused, match="Take it over"):
        cases.close(case, CaseOutcome.IDENTIFIED, "Done.", by=second, at=timezone.now())
    with pytest.raises(Refused, match="changed meanwhile"):
        closing.confirm(proposal, by=second, at=timezone.now())


def test_the_database_knows_no_way_around_the_second_person():
    proposal, now = proposed(), timezone.now()
    case, owner = proposal.case, proposal.proposed_by
    closed = {"state": CaseState.CLOSED, "outcome": CaseOutcome.NO_CONCERN, "closed_at": now}
    rows, of_case = ClosingProposal.objects.filter(pk=proposal.pk), Case.objects.filter(pk=case.pk)
    own = {"decision": ClosingDecision.CONFIRMED, "decided_by": owner, "decided_at": now}
    changes: list[Callable[[], Any]] = [
        lambda: of_case.update(**closed),
        lambda: rows.update(**own),
        lambda: rows.update(decision=ClosingDecision.CONFIRMED, decided_at=now),
        lambda: rows.update(proposed_by=a_caseworker()),
        lambda: rows.update(outcome="declined"),
        lambda: rows.delete(),
        lambda: ClosingProposal.objects.create(
            case=a_case(),
            outcome="declined",
            reason="x",
            proposed_by=owner,
            proposed_at=now,
            decision="lapsed",
        ),
    ]
    for change in changes:
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    of_case.update(**{**closed, "outcome": CaseOutcome.DECLINED})
    with pytest.raises(DatabaseError), transaction.atomic():
        of_case.update(outcome=CaseOutcome.NO_CONCERN)


def test_the_pages_from_proposing_to_the_second_persons_confirmation(protection, client_on):
    case, second = a_case(), a_caseworker()
    desk = protection.sign_in(case.caseworker)
    form = {"outcome": "no_concern", "reason": "We talked, all is well."}
    answer = desk.post(url("step", case.pk, "close"), form, follow=True)
    assert "A second caseworker must confirm this" in text(answer)
    assert "proposes to close this case" in text(answer)
    proposal = ClosingProposal.objects.get()
    assert "Waits for a colleague" in text(desk.get(url("inbox"), {"tab": "confirm"}))
    other = client_on("protection").sign_in(second)
    listed = other.get(url("inbox"), {"tab": "confirm"})
    assert case.alias in text(listed)
    assert "We talked" not in text(listed)
    page = other.get(url("closing", case.pk, proposal.pk))
    assert page.url == url("outside", case.pk)
    assert other.post(url("decide_closing", case.pk, proposal.pk, "confirm")).url == url("outside", case.pk)
    other.post(url("outside", case.pk), {"reason": "second_person", "note": ""})
    assert "We talked, all is well." in text(other.get(url("closing", case.pk, proposal.pk)))
    empty = other.post(url("decide_closing", case.pk, proposal.pk, "refuse"), {"reason": ""})
    assert empty.status_code == 422
    done = other.post(url("decide_closing", case.pk, proposal.pk, "confirm"), follow=True)
    assert "The case is closed." in text(done)
    assert Case.objects.get().state == CaseState.CLOSED
    assert other.get(url("closing", a_case(by=second).pk, proposal.pk)).status_code == 404


def test_a_colleague_who_reads_from_outside_still_cannot_work_on_the_case():
    case, other = a_case(), a_caseworker()
    from_outside(case, other)
    with pytest.raises(Refused, match="Take it over"):
        cases.close(case, CaseOutcome.NO_CONCERN, "Nothing.", by=other, at=timezone.now())
