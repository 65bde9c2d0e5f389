"""Taking a case over from a colleague: a step like any other, of the case that was seen on the page."""

import uuid

import pytest
from django.utils import timezone

from referral.cases import actions as cases
from referral.models import Note
from referral.states import CaseOutcome, CaseState, NoteKind
from tests.factories.referral import a_case, a_caseworker, from_outside
from tests.referral.pages import text, url
from wpis.audit.models import AuditEvent
from wpis.errors import Refused

pytestmark = pytest.mark.django_db


def take_over(case, by, **changes):
    expected = {"expected_caseworker": case.caseworker_id} | changes
    return cases.take_over(case, "Colleague is away.", by=by, at=timezone.now(), **expected)


@pytest.mark.parametrize("held", [False, True])
def test_it_leaves_a_row_in_the_history_and_the_state_as_it_was(held):
    case, other = a_case(), a_caseworker()
    if held:
        case = cases.hold(case, "Waiting.", by=case.caseworker, at=timezone.now())
    taken = take_over(case, other)
    assert (taken.caseworker, taken.state) == (other, case.state)
    row = case.changes.get(step="take_over")
    assert (row.source, row.target, row.by, row.reason) == (case.state, case.state, other, "")
    assert Note.objects.get(by=other, kind=NoteKind.REASON).text == "Colleague is away."
    event = AuditEvent.objects.get(action="referral.case.take_over")
    assert (event.actor, event.subject) == (other.pk, case.pk)


def test_the_history_of_the_case_shows_it(protection):
    case, other = a_case(), a_caseworker(name="Gayane Petrosyan")
    take_over(case, other)
    page = text(protection.sign_in(other).get(url("history", case.pk)))
    assert "Taken over" in page
    assert "Gayane Petrosyan" in page


def test_a_second_click_changes_nothing():
    case, other = a_case(), a_caseworker()
    take_over(case, other)
    take_over(case, other)
    assert case.changes.filter(step="take_over").count() == 1


def test_a_case_that_went_to_somebody_else_meanwhile_is_not_taken_from_them(protection):
    case, quick, slow = a_case(), a_caseworker(name="Quick Colleague"), a_caseworker()
    desk = protection.sign_in(slow)
    from_outside(case, slow)
    page = url("step", case.pk, "take-over")
    seen = desk.get(page).context["form"]["expected_caseworker"].value()
    take_over(case, quick)
    answer = desk.post(page, {"reason": "Away.", "expected_caseworker": seen})
    assert answer.status_code == 422
    assert "Quick Colleague has this case meanwhile" in text(answer)
    case.refresh_from_db()
    assert case.caseworker == quick


def test_a_form_that_does_not_say_whose_case_was_seen_takes_nothing(protection):
    case, other = a_case(), a_caseworker()
    from_outside(case, other)
    answer = protection.sign_in(other).post(
        url("step", case.pk, "take-over"), {"reason": "Colleague is away."}
    )
    assert answer.status_code == 422
    case.refresh_from_db()
    assert not case.changes.exists()
    with pytest.raises(Refused, match="meanwhile"):
        take_over(case, a_caseworker(), expected_caseworker=uuid.uuid4())


def test_a_closed_case_is_reopened_and_not_taken_over():
    case = a_case()
    case = cases.close(case, CaseOutcome.NOT_IDENTIFIED, "Nothing.", by=case.caseworker, at=timezone.now())
    with pytest.raises(Refused, match="Reopen it instead"):
        take_over(case, a_caseworker())
    case.refresh_from_db()
    assert case.state == CaseState.CLOSED


def test_a_reason_is_needed():
    case = a_case()
    with pytest.raises(Refused, match="Give a reason"):
        cases.take_over(
            case, " ", by=a_caseworker(), at=timezone.now(), expected_caseworker=case.caseworker_id
        )
    assert not case.changes.exists()
