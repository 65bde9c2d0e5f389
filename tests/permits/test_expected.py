"""A form says what its reader had before them; absent, unreadable or stale, the step is refused and nothing changes."""

import re
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from permits.actions import applications, decisions, review
from permits.models import Application, ApplicationChange, Decision, Outcome, Permit, Question, Submission
from tests.factories import permits as make
from wpis.accounts.roles import Role
from wpis.errors import ChangedMeanwhile

pytestmark = pytest.mark.django_db

MEANWHILE = "This was changed meanwhile, so the step no longer fits. Look at the current state."
ABSENT = object()
UNREADABLE = [ABSENT, "", " ", "x", "-1", "0", "1.0", "²", "9" * 400, "\0", "None", str(uuid4())]

Post = Callable[[dict[str, Any]], Any]


@pytest.fixture
def asked() -> Application:
    """A file with an open question."""
    file = make.a_submitted_application()
    make.a_question(file, by=make.a_user(Role.OFFICER))
    return Application.objects.get(pk=file.pk)


@pytest.fixture
def reviewed() -> Application:
    """A file that an officer has, its checks complete."""
    file = make.a_submitted_application()
    review.take(file, by=make.a_user(Role.OFFICER), at=timezone.now())
    make.complete_checks(file)
    return Application.objects.get(pk=file.pk)


@pytest.fixture
def proposed(reviewed: Application) -> Application:
    """A file whose approval waits for a second person."""
    make.propose(reviewed, Outcome.APPROVAL, by=reviewed.officer)
    return Application.objects.get(pk=reviewed.pk)


@pytest.fixture(params=["confirm", "send back", "take over", "propose", "ask", "answer"])
def step(request: Any, client_on: Any) -> tuple[Post, str, Any]:
    """A step by the page that takes it: how it is posted, its field, and the value that fits."""
    fixture = {"confirm": "proposed", "send back": "proposed", "take over": "reviewed"}
    fixture |= {"propose": "reviewed", "ask": "reviewed", "answer": "asked"}
    file: Application = request.getfixturevalue(fixture[request.param])
    fits: UUID | int | None
    if request.param == "answer":
        desk, address = client_on("portal").sign_in(file.created_by), f"/applications/{file.pk}/answer/"
        field, fits, typed = "question", make.asked(file), {"answer": "The third."}
    else:
        person = file.officer if request.param in ("propose", "ask") else make.a_user(Role.OFFICER)
        desk, page = client_on("office").sign_in(person), f"/files/{file.reference}/"
        address, field, fits, typed = {
            "confirm": (page + "confirm/", "decision", None, {}),
            "send back": (page + "send-back/", "decision", None, {"reason": "Check the wage."}),
            "take over": (page + "take-over/", "steps", file.changes.count(), {"reason": "On leave."}),
            "ask": (page + "ask/", "submission", make.newest(file), {"text": "Which floor?"}),
            "propose": (
                page + "decide/refusal/",
                "submission",
                make.newest(file),
                {"ground": "falsified_documents", "reason": "The stamp was drawn by hand."},
            ),
        }[request.param]
        fits = make.proposal(file) if field == "decision" else fits
    return lambda sent: desk.post(address, typed | sent), field, fits


def everything() -> list[Any]:
    models = (Application, ApplicationChange, Decision, Permit, Question, Submission)
    return [list(model._base_manager.order_by("pk").values()) for model in models]


def test_a_form_that_does_not_say_what_was_read_changes_nothing(step: tuple[Post, str, Any]) -> None:
    post, field, fits = step
    before = everything()
    for sent in UNREADABLE:
        refused = post({} if sent is ABSENT else {field: sent})
        assert refused.status_code in (409, 422), sent
        assert MEANWHILE in " ".join(refused.content.decode().split()), sent
        assert everything() == before, sent
    assert post({field: fits}).status_code == 302, "the same step goes through for what is shown now"


def test_a_form_that_was_refused_does_not_pass_for_read_at_the_second_press(
    step: tuple[Post, str, Any],
) -> None:
    post, field, _fits = step
    before = everything()
    for sent in (ABSENT, "x", str(uuid4()), "999"):
        refused = post({} if sent is ABSENT else {field: sent})
        page = re.findall(f'name="{field}" value="([^"]*)"', refused.content.decode())
        assert page, sent
        assert set(page) == {"" if sent is ABSENT else sent}
        assert MEANWHILE in " ".join(post({field: page[0]}).content.decode().split()), sent
        assert everything() == before, sent


def test_a_proposal_on_a_submission_that_was_replaced_meanwhile_is_refused(client_on: Any) -> None:
    file, officer = make.a_submitted_application(), make.a_user(Role.OFFICER)
    read = make.newest(file)
    question = make.a_question(file, by=officer)
    applications.answer(
        file, "The third.", expected_question=question.pk, by=file.created_by, at=timezone.now()
    )
    with pytest.raises(ChangedMeanwhile):
        decisions.propose(
            file,
            Outcome.REFUSAL,
            ground="falsified_documents",
            reason="The stamp was drawn by hand.",
            expected_submission=read,
            by=officer,
            at=timezone.now(),
        )
    assert not Decision.objects.exists()


def test_a_second_question_about_a_submission_that_was_replaced_meanwhile_is_refused_and_kept(
    client_on: Any,
) -> None:
    file, officer = make.a_submitted_application(), make.a_user(Role.OFFICER)
    desk, page = client_on("office").sign_in(officer), f"/files/{file.reference}/ask/"
    question = make.a_question(file, by=officer)
    read = make.newest(file)
    applications.answer(
        file, "The third.", expected_question=question.pk, by=file.created_by, at=timezone.now()
    )
    typed: dict[str, Any] = {"text": "Is it the third floor?", "sections": ["terms"]}
    late = desk.post(page, typed | {"submission": read})
    shown = " ".join(late.content.decode().split())
    assert late.status_code == 422
    assert MEANWHILE in shown
    assert typed["text"] in shown
    assert re.search(r'value="terms"[^>]*checked', shown)
    assert file.questions.count() == 1
    assert desk.post(page, typed | {"submission": make.newest(file)}).status_code == 302


def test_an_answer_to_a_question_that_was_settled_meanwhile_is_not_taken_for_the_next_one() -> None:
    file, officer = make.a_submitted_application(), make.a_user(Role.OFFICER)
    first = make.a_question(file, by=officer)
    at, owner = timezone.now(), file.created_by
    applications.answer(file, "The third.", expected_question=first.pk, by=owner, at=at)
    second = review.ask(
        file, "Who pays the rent?", ["housing"], expected_submission=make.newest(file), by=officer, at=at
    )
    with pytest.raises(ChangedMeanwhile):
        applications.answer(file, "The third.", expected_question=first.pk, by=owner, at=at)
    second.refresh_from_db()
    assert second.answered_at is None
