"""Steps on a file: taking, asking, proposing, confirming; the server decides, the page only offers."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from permits import feed
from permits.actions import applications, decisions, review
from permits.case_types.registry import case_type
from permits.models import Application, Check, CheckKind, Decision, Permit, Question, State
from tests.factories import permits as make
from wpis.audit.models import AuditEvent
from wpis.law.deadline import answer_due
from wpis.law.grounds import ground as ground_on
from wpis.law.grounds import refusal_grounds

pytestmark = pytest.mark.django_db


def at(file, step=""):
    return f"/files/{file.reference}/{step}"


def said(response):
    return " ".join(response.content.decode().split())


def done(response, file):
    assert response.status_code == 302, said(response)
    file.refresh_from_db()
    return file.state


def read(file):
    """What the confirmation page says its reader had before them."""
    return {"decision": make.proposal(file)}


def ground(outcome):
    declared, today = case_type("new"), timezone.localdate()
    find = declared.approval_grounds if outcome == "approval" else declared.refusal_grounds
    return find(today)[0].code


@pytest.fixture
def taken(officer):
    """A file that the officer has, its checks still waiting."""
    return review.take(make.a_submitted_application(), by=officer, at=timezone.now())


@pytest.fixture
def proposed(taken, officer):
    """A file whose approval the officer proposed."""
    make.complete_checks(taken)
    decisions.propose(
        taken,
        "approval",
        ground=ground("approval"),
        reason="",
        expected_submission=make.newest(taken),
        by=officer,
        at=timezone.now(),
    )
    taken.refresh_from_db()
    return taken


def test_a_file_goes_from_the_queue_to_the_permit(desk, second_desk, officer, colleague):
    owner, then = make.a_user(), timezone.now() - timedelta(days=7)
    file = make.a_submitted_application(make.an_employer(owner), owner, then)
    first_due = file.due_on

    assert done(desk.post("/take-next/"), file) == State.IN_REVIEW
    assert (
        done(
            desk.post(
                at(file, "ask/"),
                {"text": "Which floor?", "sections": ["terms"], "submission": make.newest(file)},
            ),
            file,
        )
        == State.WAITING
    )
    assert file.paused_on == timezone.localdate()

    later = timezone.now() + timedelta(days=2)
    applications.save_part(file, "terms", {"workplace": "5 Tigran Mets Avenue, floor 3"}, by=owner, at=later)
    applications.answer(file, "The third.", expected_question=make.asked(file), by=owner, at=later)
    file = Application.objects.get(pk=file.pk)
    assert (file.state, file.paused_on) == (State.IN_REVIEW, None)
    assert file.due_on
    assert first_due
    assert file.due_on > first_due, "the pause moved the decision date"

    feed.complete_check([file.submissions.latest("number").pk], timezone.now())
    answer = desk.post(
        at(file, "decide/approval/"),
        {"ground": ground("approval"), "reason": "", "submission": make.newest(file)},
    )
    assert done(answer, file) == State.APPROVAL_PROPOSED
    assert done(second_desk.post(at(file, "confirm/"), read(file)), file) == State.APPROVED
    permit = Permit.objects.get(application=file)
    assert permit.number in said(second_desk.get(at(file, "permit/")))
    decision = Decision.objects.get(application=file)
    assert (decision.proposed_by, decision.settled_by) == (officer, colleague)


def test_approval_is_refused_until_the_checks_completed_and_the_button_is_there(desk, taken):
    answer = {
        "ground": ground("approval"),
        "reason": "Typed with care.",
        "submission": make.newest(taken),
    }
    page = said(desk.get(at(taken, "decide/")))
    assert "Not all checks have completed yet: Automatic checks." in page
    assert "Propose approval" in page
    assert "disabled" not in page
    refused = desk.post(at(taken, "decide/approval/"), answer)
    assert refused.status_code == 422
    assert "Not all checks have completed yet: Automatic checks." in said(refused)
    assert "Typed with care." in said(refused), "nothing typed is lost"
    taken.refresh_from_db()
    assert taken.state == State.IN_REVIEW
    feed.complete_check([taken.submissions.get().pk], timezone.now())
    assert done(desk.post(at(taken, "decide/approval/"), answer), taken) == State.APPROVAL_PROPOSED


def test_a_check_that_opens_again_stops_the_second_person_too(second_desk, proposed):
    make.open_again(Check.objects.filter(submission__application=proposed, kind=CheckKind.AUTOMATIC))
    refused = second_desk.post(at(proposed, "confirm/"), read(proposed))
    assert refused.status_code == 409
    assert "Not all checks have completed yet: Automatic checks." in said(refused)
    assert not Permit.objects.exists()


def test_who_proposed_cannot_confirm_not_even_in_a_second_session(client_on, desk, officer, proposed):
    other_window = client_on("office").sign_in(officer)
    for window in (desk, other_window):
        assert "You proposed this decision; a second person must confirm it." in said(
            window.get(at(proposed))
        )
        assert "Confirm approval" not in said(window.get(at(proposed, "confirm/")))
        assert window.post(at(proposed, "confirm/"), read(proposed)).status_code == 409
        assert window.post(at(proposed, "send-back/"), {**read(proposed), "reason": "x"}).status_code == 422
    proposed.refresh_from_db()
    assert proposed.state == State.APPROVAL_PROPOSED


def test_a_second_person_reads_what_will_happen_before_confirming(second_desk, proposed):
    page = said(second_desk.get(at(proposed, "confirm/")))
    assert "The permit is issued at once" in page
    assert "What the employer will read" in page


def test_a_proposal_goes_back_only_with_a_reason(desk, second_desk, proposed):
    assert second_desk.post(at(proposed, "send-back/"), {**read(proposed), "reason": " "}).status_code == 422
    assert (
        done(
            second_desk.post(at(proposed, "send-back/"), {**read(proposed), "reason": "Check the wage."}),
            proposed,
        )
        == State.IN_REVIEW
    )
    assert "Check the wage." in said(desk.get(at(proposed)))


@pytest.mark.parametrize(
    ("answer", "word"),
    [
        ({"ground": "", "reason": "It is not signed."}, "Choose the legal ground of the decision"),
        ({"ground": "appeal_upheld", "reason": "It is not signed."}, "Choose"),
        ({"ground": "falsified_documents", "reason": " "}, "Give the reasons for the refusal"),
    ],
)
def test_a_refusal_needs_a_ground_of_refusal_and_reasons(desk, taken, answer, word):
    refused = desk.post(at(taken, "decide/refusal/"), {**answer, "submission": make.newest(taken)})
    assert refused.status_code == 422
    assert word in said(refused)
    assert not Decision.objects.exists()


def test_a_refusal_shows_its_letter_first_and_gives_a_day_to_appeal(desk, second_desk, taken):
    answer = {
        "ground": "falsified_documents",
        "reason": "The stamp was drawn by hand.",
        "submission": make.newest(taken),
    }
    preview = desk.post(at(taken, "decide/refusal/"), {**answer, "preview": "1"})
    assert preview.status_code == 200
    assert "You can appeal until" in said(preview)
    assert said(preview).count("The stamp was drawn by hand.") == 2, "in the letter and still in the box"
    assert not Decision.objects.exists()
    assert done(desk.post(at(taken, "decide/refusal/"), answer), taken) == State.REFUSAL_PROPOSED
    assert done(second_desk.post(at(taken, "confirm/"), read(taken)), taken) == State.REFUSED
    until = Decision.objects.get().appeal_until
    assert until
    assert until > timezone.localdate()


def test_a_legal_reference_that_nobody_confirmed_is_in_no_letter(desk, taken):
    unsure = next(one for one in decisions.grounds(taken, "refusal") if one.confidence != "C")
    page = said(
        desk.post(at(taken, "decide/refusal/"), {"ground": unsure.code, "reason": "No.", "preview": "1"})
    )
    assert "legal reference to be confirmed" in page
    assert unsure.reference not in page
    assert f"Legal ground: {unsure.title['en']}</p>" in page


def test_a_file_is_refused_on_a_ground_of_the_law_under_which_it_was_filed(desk, second_desk, officer):
    filed = timezone.now().replace(year=2025, month=6, day=2)
    file = review.take(make.a_submitted_application(at=filed), by=officer, at=filed)
    assert "labour_market" not in {one.code for one in refusal_grounds(timezone.localdate())}, "old law only"
    old = ground_on("labour_market", timezone.localdate(filed))
    answer = {"ground": old.code, "reason": "A citizen was found.", "submission": make.newest(file)}
    letter = f"Legal ground: {old.title['en']} ({old.reference})</p>"
    assert letter in said(desk.post(at(file, "decide/refusal/"), {**answer, "preview": "1"}))
    assert done(desk.post(at(file, "decide/refusal/"), answer), file) == State.REFUSAL_PROPOSED
    assert letter in said(second_desk.get(at(file, "confirm/")))
    assert done(second_desk.post(at(file, "confirm/"), read(file)), file) == State.REFUSED


def test_an_outcome_that_does_not_exist_is_not_found(desk, taken):
    assert desk.get(at(taken, "decide/maybe/")).status_code == 404


def test_a_file_of_a_colleague_can_be_read_and_not_worked_on(second_desk, taken, officer):
    page = said(second_desk.get(at(taken)))
    assert f"{officer.name} has this file. Taken on {timezone.localdate():%d.%m.%Y}." in page
    assert "Ask employer" not in page
    answer = {"ground": ground("refusal"), "reason": "No.", "submission": make.newest(taken)}
    assert second_desk.post(at(taken, "decide/refusal/"), answer).status_code == 422
    assert (
        second_desk.post(at(taken, "ask/"), {"text": "Why?", "submission": make.newest(taken)}).status_code
        == 422
    )
    assert second_desk.post(at(taken, "release/"), {"reason": "Mine now"}).status_code == 422
    taken.refresh_from_db()
    assert (taken.state, taken.officer) == (State.IN_REVIEW, officer)


def test_whoever_comes_second_to_a_file_is_offered_the_next_one(second_desk, taken, officer):
    answer = second_desk.post(at(taken, "take/"), follow=True)
    assert f"Somebody else took {taken.reference} a moment ago. Take the next case instead." in said(answer)
    taken.refresh_from_db()
    assert taken.officer == officer


def test_a_file_goes_back_to_the_queue_with_a_note(desk, second_desk, taken):
    assert desk.post(at(taken, "release/"), {"reason": ""}).status_code == 422
    assert (
        done(desk.post(at(taken, "release/"), {"reason": "I know the employer."}), taken) == State.SUBMITTED
    )
    assert taken.officer is None
    assert "I know the employer." in said(second_desk.get(at(taken)))


def test_asking_says_that_the_clock_stops_and_until_when_an_answer_can_come(desk, taken):
    day = answer_due(timezone.localdate(), submitted=timezone.localdate(taken.submitted_at))
    page = said(desk.get(at(taken, "ask/?part=terms")))
    assert f"The last day to answer is {day:%d.%m.%Y}." in page
    assert 'value="terms" id="id_sections_1" checked' in page


def test_ready_sentences_and_the_preview_fill_the_page_and_send_nothing(desk, taken):
    typed = {"text": "Good day.", "sections": ["worker"]}
    page = said(desk.post(at(taken, "ask/"), {**typed, "add": "contract_unsigned"}))
    assert "Good day. The contract lacks a signature." in page
    assert page.count("checked") == 2, "the part of the sentence is opened beside the one ticked before"
    assert said(desk.post(at(taken, "ask/"), {**typed, "preview": "1"})).count("Good day.") == 2
    assert desk.post(at(taken, "ask/"), {**typed, "text": ""}).status_code == 422
    assert not Question.objects.exists()


def test_a_ready_sentence_comes_in_the_employers_language(desk, officer):
    from django.utils import translation

    from permits.officer.decision.text_blocks import BLOCKS, add

    with translation.override("hy"):
        armenian = str(BLOCKS["workplace"].text)
    with translation.override("en"):
        assert add("Բարև։", "workplace", "hy") == f"Բարև։\n{armenian}"


def test_only_two_supervisors_override_a_check_with_a_reason_on_record(client_on, desk, taken):
    supervisor = make.a_user("supervisor", name="Nare Hakobyan")
    second = make.a_user("supervisor", name="Armen Petrosyan")
    check = Check.objects.get(submission__application=taken, kind=CheckKind.AUTOMATIC)
    url = at(taken, f"checks/{check.pk}/override/")
    assert desk.get(url).status_code == desk.post(url, {"reason": "I want to"}).status_code == 404
    assert "Override" not in said(desk.get(at(taken)))
    window = client_on("office").sign_in(supervisor)
    assert "Override" in said(window.get(at(taken)))
    assert window.post(url, {"reason": ""}).status_code == 422
    assert window.post(url, {"reason": "The register is down since Monday."}).status_code == 302
    event = AuditEvent.objects.get(action="permits.check.request_override")
    assert (event.actor, event.subject) == (supervisor.pk, check.pk)
    confirm = at(taken, f"overrides/{check.overrides.get().pk}/confirm/")
    assert desk.post(confirm).status_code == 404
    with time_machine.travel(timezone.now() + timedelta(hours=25), tick=False):
        assert client_on("office").sign_in(second).post(confirm).status_code == 302
    event = AuditEvent.objects.get(action="permits.check.override")
    assert (event.actor, event.subject) == (second.pk, check.pk)
    page = said(desk.get(at(taken)))
    assert "The register is down since Monday." in page
    assert "Nare Hakobyan" in page
    assert "Confirmed by Armen Petrosyan" in page
    answer = {"ground": ground("approval"), "reason": "", "submission": make.newest(taken)}
    assert done(desk.post(at(taken, "decide/approval/"), answer), taken) == State.APPROVAL_PROPOSED


def test_a_check_of_another_file_is_not_found_under_this_one(client_on, taken):
    other = make.a_submitted_application()
    check = Check.objects.filter(submission__application=other).first()
    assert check
    window = client_on("office").sign_in(make.a_user("supervisor"))
    assert window.get(at(taken, f"checks/{check.pk}/override/")).status_code == 404


def test_a_step_that_no_longer_fits_is_refused_in_words(desk, taken, officer):
    review.ask(taken, "Why?", [], expected_submission=make.newest(taken), by=officer, at=timezone.now())
    late = desk.post(at(taken, "ask/"), {"text": "And this?", "submission": make.newest(taken)})
    assert late.status_code == 422
    assert "This was changed meanwhile" in said(late)
    assert "And this?" in said(late)
    assert Question.objects.count() == 1


def test_steps_are_taken_by_posting_only(desk, taken):
    for step in ("take/", "send-back/"):
        assert desk.get(at(taken, step)).status_code == 405
    assert desk.get("/take-next/").status_code == desk.get("/take/").status_code == 405
