"""An opinion is recorded once, by a supervisor who is not the officer of the file."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from permits import guards
from permits.actions import applications, decisions, review
from permits.check_kinds import CheckKind
from permits.checks.opinions import request_opinions
from permits.models import Application, Check, OpinionText, Outcome
from tests.factories import permits as make
from tests.permits.checks.given import NSS, TEXT, give
from wpis.accounts.models import User
from wpis.accounts.roles import Role
from wpis.audit.models import AuditEvent
from wpis.errors import Refused

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", Role)
def test_who_may_record(asked: Check, role: str) -> None:
    person = make.a_user(role)
    if role == Role.SUPERVISOR:
        assert give(asked, "no_objection", person).answered_by == person
    else:
        with pytest.raises(PermissionDenied):
            give(asked, "no_objection", person)
        assert not OpinionText.objects.exists()


def test_the_officer_of_the_file_does_not_record_its_opinions(supervisor: User) -> None:
    file = review.take(make.a_submitted_application(), by=supervisor, at=timezone.now())
    row = request_opinions(file, [NSS], by=supervisor, at=timezone.now())[0]
    with pytest.raises(Refused, match="Ask a colleague"):
        give(row, "no_objection", supervisor)


def test_an_opinion_is_on_record_with_who_when_and_what(asked: Check, supervisor: User) -> None:
    given = give(asked, "objection", supervisor)
    assert given.completed_at is not None
    assert (given.answered_by, given.outcome, given.employer_text) == (supervisor, "objection", "")
    assert OpinionText.objects.get(check_row=given).text == TEXT
    event = AuditEvent.objects.get(action="permits.opinion.record")
    assert (event.actor, event.subject) == (supervisor.pk, given.pk)
    assert event.detail == {"agency": NSS, "outcome": "objection"}


@pytest.mark.parametrize(
    ("outcome", "text", "more", "field"),
    [
        ("", TEXT, {}, "outcome"),
        ("nobody_available", TEXT, {}, "outcome"),
        ("objection", "  ", {}, "text"),
        ("more_information", "", {}, "text"),
        ("objection", TEXT, {"employer_text": "We object."}, "employer_text"),
    ],
)
def test_an_opinion_that_is_not_this_agencys_is_refused(
    asked: Check, supervisor: User, outcome: str, text: str, more: dict[str, str], field: str
) -> None:
    with pytest.raises(Refused) as refusal:
        give(asked, outcome, supervisor, text, **more)
    assert refusal.value.field == field
    asked.refresh_from_db()
    assert asked.completed_at is None


@pytest.mark.parametrize("how", ["given", "overridden", "superseded", "another kind"])
def test_only_an_opinion_that_waits_is_recorded(
    taken: Application, officer: User, asked: Check, supervisor: User, how: str
) -> None:
    if how == "given":
        give(asked, "no_objection", supervisor)
    elif how == "overridden":
        make.override(asked)
    elif how == "superseded":
        question = review.ask(
            taken,
            "Which floor?",
            ["terms"],
            expected_submission=make.newest(taken),
            by=officer,
            at=timezone.now(),
        )
        by, at = taken.created_by, timezone.now()
        applications.answer(taken, "The third.", expected_question=question.pk, by=by, at=at)
    else:
        asked = Check.objects.get(submission=asked.submission, kind=CheckKind.DOCUMENTS)
    before = OpinionText.objects.count()
    with pytest.raises(Refused, match="This check no longer waits"):
        give(asked, "objection", supervisor)
    assert OpinionText.objects.count() == before


def test_who_records_an_opinion_neither_proposes_nor_confirms(
    asked: Check, officer: User, supervisor: User
) -> None:
    """Otherwise one person would say what the agency thinks and decide on it; an override of it takes two others."""
    give(asked, "no_objection", supervisor)
    file = asked.submission.application
    told = ["You recorded an opinion on this file. Other people decide on it."]
    assert guards.own_file_apart(Application(pk=file.pk, officer=supervisor), supervisor) == told
    decision = make.propose(file, Outcome.APPROVAL, by=officer)
    with pytest.raises(Refused, match="recorded an opinion"):
        decisions.confirm(file, expected_decision=decision.pk, by=supervisor, at=timezone.now())
    decisions.confirm(file, expected_decision=decision.pk, by=make.a_user(Role.SUPERVISOR), at=timezone.now())


def test_what_was_said_of_an_earlier_submission_keeps_nobody_away(asked: Check, supervisor: User) -> None:
    give(asked, "no_objection", supervisor)
    Check.objects.update(superseded_at=timezone.now())
    assert (
        guards.own_file_apart(Application(pk=asked.submission.application_id, officer=supervisor), supervisor)
        == []
    )
