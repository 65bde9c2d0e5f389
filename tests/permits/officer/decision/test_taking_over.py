"""Taking over a colleague's file: who may, what stays, what both officers see, and that two people still decide."""

import contextlib
import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from permits.actions import applications, decisions, review
from permits.models import Application, ApplicationChange, Outcome, State
from permits.officer.queue.keyset import page_of
from permits.officer.tabs import TABS
from permits.states import HOLDING, TAKE_OVER
from permits.workflow import APPLICATION
from tests.factories import permits as make
from tests.permits.officer.crowd import crowd
from wpis.accounts.roles import Role
from wpis.audit.models import AuditEvent
from wpis.errors import Refused
from wpis.models import BackgroundJob

pytestmark = pytest.mark.django_db
WHY = "On leave until Monday."


def at(file: Application, step: str = "") -> str:
    return f"/files/{file.reference}/{step}"


def said(response: Any) -> str:
    return " ".join(response.content.decode().split())


def take_over(file: Application, by: Any, reason: str = WHY, at: datetime | None = None) -> Application:
    return review.take_over(file, reason, expected_steps=file.changes.count(), by=by, at=at or timezone.now())


def propose(file: Application, by: Any, outcome: str = Outcome.REFUSAL) -> None:
    ground = decisions.grounds(file, outcome)[0].code
    decisions.propose(
        file,
        outcome,
        ground=ground,
        reason="No signature.",
        expected_submission=make.newest(file),
        by=by,
        at=timezone.now(),
    )


def confirm(file: Application, by: Any) -> Application:
    return decisions.confirm(file, expected_decision=make.proposal(file), by=by, at=timezone.now())


def send_back(file: Application, by: Any) -> None:
    decisions.send_back(file, "Look again.", expected_decision=make.proposal(file), by=by, at=timezone.now())


@pytest.fixture
def owner() -> Any:
    """The employer's account."""
    return make.a_user(name="Karine Manukyan")


@pytest.fixture
def taken(owner, officer):
    """A file that the officer has in review."""
    then = timezone.now() - timedelta(days=3)
    return review.take(
        make.a_submitted_application(make.an_employer(owner), owner, then), by=officer, at=then
    )


@pytest.fixture
def waiting(taken, officer):
    """A file whose officer asked the employer."""
    review.ask(
        taken,
        "Which floor?",
        ["terms"],
        expected_submission=make.newest(taken),
        by=officer,
        at=timezone.now() - timedelta(days=2),
    )
    taken.refresh_from_db()
    return taken


@pytest.fixture(params=["in review", "waiting"])
def held(request, taken, officer):
    """A file that the officer has, in each state in which one officer has it."""
    return request.getfixturevalue("taken" if request.param == "in review" else "waiting")


def test_a_colleague_takes_over_with_a_reason_and_goes_on(second_desk, held, colleague, officer):
    before = Application.objects.values().get(pk=held.pk)
    taken_on = timezone.localdate(before["submitted_at"])
    page = said(second_desk.get(at(held)))
    assert f"{officer.name} has this file. Taken on {taken_on:%d.%m.%Y}." in page
    assert f'href="{at(held, "take-over/")}"' in page
    form = second_desk.get(at(held, "take-over/"))
    assert f'name="steps" value="{held.changes.count()}"' in said(form)
    answer = second_desk.post(
        at(held, "take-over/"), {"reason": WHY, "steps": held.changes.count()}, follow=True
    )
    assert answer.redirect_chain == [(at(held), 302)]
    assert f"{held.reference} is yours now. {officer.name} sees it under “Taken from you”." in said(answer)
    after = Application.objects.values().get(pk=held.pk)
    assert after == before | {"officer_id": colleague.pk}, "nothing but the officer changes"


def test_the_step_stands_in_history_and_audit_with_both_officers(second_desk, held, colleague, officer):
    take_over(held, colleague)
    step = ApplicationChange.objects.filter(subject=held).latest("at")
    assert (step.step, step.source, step.target) == (TAKE_OVER[held.state], held.state, held.state)
    assert (step.by, step.reason) == (colleague, WHY)
    page = said(second_desk.get(at(held)))
    assert f"<strong>Taken over. Former officer: {officer.name}</strong>" in page
    assert WHY in page
    moved = AuditEvent.objects.get(action=f"permits.application.{step.step}")
    assert (moved.actor, moved.subject) == (colleague.pk, held.pk)
    told = AuditEvent.objects.get(action="permits.application.take_from")
    assert (told.subject, told.detail) == (held.pk, {"former": str(officer.pk)})


def test_the_former_officer_finds_the_file_and_nobody_else_does(desk, second_desk, held, officer, colleague):
    assert "Taken from you" not in said(desk.get("/")), "no empty list stands in the way"
    take_over(held, colleague)
    page = said(desk.get("/"))
    assert '<a href="/?tab=taken_over"><span>Taken from you</span><span class="n">1</span></a>' in page
    listed = said(desk.get("/?tab=taken_over"))
    assert held.reference in listed
    assert f"<bdi>{colleague.name}</bdi>" in listed
    assert held.reference not in said(desk.get("/?tab=mine"))
    assert "Taken from you" not in said(second_desk.get("/"))
    assert held.reference not in said(second_desk.get("/?tab=taken_over"))
    assert "No colleague took over a file of yours lately." in said(second_desk.get("/?tab=taken_over"))


def test_each_former_officer_is_told_until_the_file_comes_back_or_a_month_is_over(desk, taken, officer):
    second, third = make.a_user(Role.OFFICER), make.a_user(Role.OFFICER)
    long_ago = timezone.now() - timedelta(days=2)
    take_over(taken, second, at=long_ago)
    take_over(taken, third, at=long_ago + timedelta(minutes=1))
    assert taken.reference in said(desk.get("/?tab=taken_over")), "whoever has it now"
    take_over(taken, officer)
    assert taken.reference not in said(desk.get("/?tab=taken_over"))
    old = timezone.now() - timedelta(days=60)
    other = review.take(make.a_submitted_application(at=old), by=officer, at=old)
    take_over(other, second, at=old + timedelta(minutes=1))
    assert other.reference
    assert other.reference not in said(desk.get("/?tab=taken_over"))


def test_the_former_officer_still_finds_it_when_it_was_decided_meanwhile(desk, taken, colleague):
    take_over(taken, colleague)
    propose(taken, colleague)
    confirm(taken, make.a_user(Role.OFFICER))
    assert "Closed on" in said(desk.get("/?tab=taken_over"))


def test_lists_and_filters_follow_the_file(desk, second_desk, taken, officer, colleague):
    take_over(taken, colleague)
    assert taken.reference in said(second_desk.get("/?tab=mine"))
    for query, found in ((f"officer={colleague.pk}", True), (f"officer={officer.pk}", False)):
        for window in (desk, second_desk):
            assert (taken.reference in said(window.get(f"/?tab=all&{query}"))) == found
    assert taken.reference in said(desk.get(f"/?tab=all&q={taken.reference}&officer={colleague.pk}"))


def test_the_files_of_an_officer_who_left_can_be_listed_and_taken_over(
    second_desk, taken, officer, colleague
):
    type(officer).objects.filter(pk=officer.pk).update(is_active=False)
    page = said(second_desk.get(f"/?tab=all&officer={officer.pk}"))
    assert taken.reference in page
    assert f"Officer: <bdi>{officer.name}</bdi>" in page
    assert take_over(taken, colleague).officer == colleague


def test_the_former_officer_no_longer_works_on_the_file_and_loses_nothing_typed(desk, taken, colleague):
    take_over(taken, colleague)
    late = desk.post(
        at(taken, "ask/"), {"text": "Which floor?", "sections": ["terms"], "submission": make.newest(taken)}
    )
    assert late.status_code == 422
    assert "Another officer has this file. Take it over first." in said(late)
    assert "Which floor?" in said(late)
    assert "Take over" in said(desk.get(at(taken))), "and may take it back"


def test_the_answer_comes_to_the_one_who_took_over(second_desk, waiting, owner, colleague):
    form = said(second_desk.get(at(waiting, "take-over/")))
    assert "The employer&#x27;s answer comes to you." in form or "The employer's answer comes to you." in form
    assert "The last day to answer is" in form
    take_over(waiting, colleague)
    due = waiting.due_on
    current = applications.answer(
        waiting, "The third.", expected_question=make.asked(waiting), by=owner, at=timezone.now()
    )
    assert (current.state, current.officer_id) == (State.IN_REVIEW, colleague.pk)
    assert current.due_on >= due
    assert "Decide" in said(second_desk.get(at(waiting)))


@pytest.mark.parametrize("reason", ["", "  \n "])
def test_without_a_reason_nothing_happens(second_desk, held, officer, colleague, reason):
    refused = second_desk.post(at(held, "take-over/"), {"reason": reason, "steps": held.changes.count()})
    assert refused.status_code == 422
    assert "Say why you take over this file" in said(refused)
    with pytest.raises(Refused):
        take_over(held, colleague, reason)
    held.refresh_from_db()
    assert held.officer == officer


def test_when_the_officer_acted_meanwhile_the_page_shows_it_and_keeps_the_reason(
    second_desk, taken, officer, colleague
):
    read = taken.changes.count()
    review.ask(
        taken,
        "Which floor?",
        ["terms"],
        expected_submission=make.newest(taken),
        by=officer,
        at=timezone.now(),
    )
    late = second_desk.post(at(taken, "take-over/"), {"reason": WHY, "steps": read})
    assert late.status_code == 409
    page = said(late)
    assert "This was changed meanwhile" in page
    assert "Waiting for employer" in page
    assert WHY in page
    taken.refresh_from_db()
    assert taken.officer == officer
    assert f'name="steps" value="{read}"' in page, "a second press does not pass for having read the file"
    assert second_desk.post(at(taken, "take-over/"), {"reason": WHY, "steps": read}).status_code == 409
    taken.refresh_from_db()
    assert taken.officer == officer
    again = said(second_desk.get(at(taken, "take-over/")))
    assert f'name="steps" value="{read + 1}"' in again, "opened anew, it is about what is shown now"
    assert second_desk.post(at(taken, "take-over/"), {"reason": WHY, "steps": read + 1}).status_code == 302
    taken.refresh_from_db()
    assert taken.officer == colleague


@pytest.mark.parametrize("steps", ["x", "-1", "²", "9" * 400, "\0"])
def test_a_number_of_steps_that_is_none_fits_no_file(second_desk, taken, officer, steps):
    assert second_desk.post(at(taken, "take-over/"), {"reason": WHY, "steps": steps}).status_code == 409
    taken.refresh_from_db()
    assert taken.officer == officer


def test_a_second_click_changes_nothing_and_leads_to_the_file(second_desk, taken, colleague):
    form = {"reason": WHY, "steps": taken.changes.count()}
    assert second_desk.post(at(taken, "take-over/"), form).status_code == 302
    again = second_desk.post(at(taken, "take-over/"), form, follow=True)
    assert again.redirect_chain == [(at(taken), 302)]
    assert f"You have {taken.reference} already." in said(again)
    assert ApplicationChange.objects.filter(subject=taken, step="take_over").count() == 1


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("state", State)
def test_who_may_take_over_in_which_state(taken, officer, role, state):
    person = make.a_user(role)
    taken.state = state
    may = role in (Role.OFFICER, Role.SUPERVISOR) and state in (State.IN_REVIEW, State.WAITING)
    offered = set(APPLICATION.steps(taken, person)) & set(TAKE_OVER.values())
    assert offered == ({TAKE_OVER[state]} if may else set())
    assert not set(APPLICATION.steps(taken, officer)) & set(TAKE_OVER.values()), "not one's own file"
    if role not in (Role.OFFICER, Role.SUPERVISOR):
        with pytest.raises(PermissionDenied):
            take_over(taken, person)


def test_every_holding_is_a_step():
    assert set(HOLDING) < set(APPLICATION.transitions)


@pytest.mark.parametrize("outcome", Outcome)
def test_a_proposed_decision_is_not_taken_over(second_desk, taken, officer, colleague, outcome):
    make.complete_checks(taken)
    propose(taken, officer, outcome)
    with pytest.raises(Refused):
        take_over(taken, colleague)
    assert "Take over" not in said(second_desk.get(at(taken)))
    assert 'name="reason"' not in said(second_desk.get(at(taken, "take-over/")))
    taken.refresh_from_db()
    assert taken.officer == officer


def test_nobody_proposes_and_confirms_by_way_of_taking_over(taken, officer, colleague):
    third = make.a_user(Role.SUPERVISOR)
    propose(taken, officer)
    send_back(taken, colleague)
    take_over(taken, colleague)
    propose(taken, colleague)
    for trick in (lambda: None, lambda: take_over(taken, colleague), lambda: take_over(taken, third)):
        with contextlib.suppress(Refused):
            trick()
        with pytest.raises(Refused, match="second person"):
            confirm(taken, colleague)
    confirmed = confirm(taken, officer)
    assert confirmed.state == State.REFUSED
    final = confirmed.decisions.get(confirmed=True)
    assert (final.proposed_by, final.settled_by) == (colleague, officer)


def test_a_proposal_stays_its_proposers_after_every_way_the_file_can_go(taken, officer, colleague):
    propose(taken, officer)
    send_back(taken, colleague)
    take_over(taken, colleague)
    with pytest.raises(Refused, match="Another officer has this file"):
        propose(taken, officer)
    take_over(taken, officer)
    propose(taken, officer)
    with pytest.raises(Refused, match="second person"):
        confirm(taken, officer)
    assert confirm(taken, colleague).state == State.REFUSED


def test_the_employer_sees_and_hears_nothing_of_it(client_on, held, owner, colleague):
    window = client_on("portal").sign_in(owner)
    pages = ["/", "/applications/", f"/applications/{held.pk}/"]

    def seen() -> list[bytes]:
        return [blank(window.get(page).content) for page in pages]

    before, jobs = seen(), BackgroundJob.objects.count()
    assert all(before)
    take_over(held, colleague)
    assert seen() == before
    assert BackgroundJob.objects.count() == jobs
    assert mail.outbox == []


def blank(page: bytes) -> bytes:
    """The page without its keys against forgery, which are new each time."""
    return re.sub(rb'(csrfmiddlewaretoken" value=|nonce=)"[^"]*"', b"", page)


def test_a_file_that_nobody_submitted_is_not_found(second_desk, owner):
    draft = make.a_draft(make.an_employer(owner), owner)
    Application.objects.filter(pk=draft.pk).update(reference="WP-0000000000000")
    assert second_desk.get("/files/WP-0000000000000/take-over/").status_code == 404
    assert second_desk.post("/files/WP-0000000000000/take-over/", {"reason": WHY}).status_code == 404


def test_the_list_of_what_was_taken_over_walks_the_index_of_take_overs(officer, taken, colleague):
    crowd(500)
    take_over(taken, colleague)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(
            """INSERT INTO permits_applicationchange (id, subject_id, step, source, target, at, reason)
            SELECT gen_random_uuid(), id, 'take', 'submitted', 'in_review', submitted_at, ''
            FROM permits_application, generate_series(1, 20) WHERE id <> %s""",
            [taken.pk],
        )
        cursor.execute("SET LOCAL session_replication_role = origin")
        cursor.execute("ANALYZE permits_application, permits_applicationchange")
    tab = TABS["taken_over"]
    files = tab.files(officer, timezone.localdate()).select_related(None)
    with CaptureQueriesContext(connection) as queries:
        assert [file.pk for file in page_of(files, tab.order).rows] == [taken.pk]
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN " + queries[0]["sql"])
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "change_taken_over" in plan
    assert "Seq Scan on permits_applicationchange" not in plan
