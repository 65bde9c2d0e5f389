"""Which agencies are asked for an opinion, by the case type and by the officer of the file."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from permits import guards
from permits.actions import applications, review
from permits.agencies.directory import agencies
from permits.case_types import registry
from permits.check_kinds import CheckKind, Weight
from permits.checks.opinions import request_opinions
from permits.models import Application, Check
from tests.factories import permits as make
from tests.permits.checks.given import MINISTRY, NSS, POLICE
from wpis.accounts.models import User
from wpis.accounts.roles import Role
from wpis.audit.models import AuditEvent
from wpis.errors import ChangedMeanwhile, Refused

pytestmark = pytest.mark.django_db


def test_the_case_type_new_asks_no_agency_today(taken: Application) -> None:
    assert registry.case_type("new").opinions == {}
    assert not Check.objects.filter(kind=CheckKind.OPINION).exists()
    assert guards.checks_complete(taken, None) == []


def test_each_submission_asks_every_agency_of_its_case_type_once(weights: Any) -> None:
    weights(police=Weight.BINDING, national_security_service=Weight.ADVISORY)
    file, officer = make.a_submitted_application(), make.a_user(Role.OFFICER)
    rows = Check.objects.filter(submission__application=file, kind=CheckKind.OPINION)
    assert set(rows.values_list("agency", flat=True)) == {POLICE, NSS}
    day = timezone.localdate(file.submitted_at)
    assert {row.due_on for row in rows} == {agencies()[POLICE].due_on(day, submitted=day)}
    question = make.a_question(file, by=officer)
    by, at = file.created_by, timezone.now()
    applications.answer(file, "The third.", expected_question=question.pk, by=by, at=at)
    assert rows.all().count() == 4
    assert set(rows.filter(superseded_at=None).values_list("submission__number", "agency")) == {
        (2, POLICE),
        (2, NSS),
    }


def test_an_agency_that_the_law_of_the_file_does_not_know_is_neither_asked_nor_awaited(weights: Any) -> None:
    weights(labour_ministry=Weight.BINDING)
    file = make.a_submitted_application()
    assert not agencies()[MINISTRY].is_asked_on(timezone.localdate(file.submitted_at))
    assert not Check.objects.filter(kind=CheckKind.OPINION).exists()
    make.complete_checks(file)
    assert guards.checks_complete(file, None) == []


def test_an_officer_asks_more_agencies_about_an_own_file_in_review(taken: Application, officer: User) -> None:
    rows = request_opinions(taken, [POLICE, NSS, POLICE], by=officer, at=timezone.now())
    assert [(row.agency, row.completed_at, row.outcome) for row in rows] == [
        (POLICE, None, ""),
        (NSS, None, ""),
    ]
    assert AuditEvent.objects.filter(action="permits.opinion.request", actor=officer.pk).count() == 2
    held = guards.checks_complete(taken, officer)
    assert held == [
        "This opinion has not come yet: National Security Service.",
        "This opinion has not come yet: Police.",
    ]


@pytest.mark.parametrize("wanted", [[], ["weather-service"], [MINISTRY], [NSS, "weather-service"]])
def test_what_is_no_agency_for_this_file_is_not_asked(
    taken: Application, officer: User, wanted: list[str]
) -> None:
    with pytest.raises(Refused, match="Choose agencies"):
        request_opinions(taken, wanted, by=officer, at=timezone.now())
    assert not Check.objects.filter(kind=CheckKind.OPINION).exists()


def test_an_agency_is_not_asked_twice_about_one_submission(
    taken: Application, officer: User, asked: Check
) -> None:
    with pytest.raises(Refused, match="Choose agencies"):
        request_opinions(taken, [NSS], by=officer, at=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Check.objects.create(
            submission=asked.submission, kind=CheckKind.OPINION, agency=NSS, requested_at=timezone.now()
        )


@pytest.mark.parametrize("role", Role)
def test_who_may_ask(taken: Application, role: str) -> None:
    person = make.a_user(role)
    expected = Refused if role in (Role.OFFICER, Role.SUPERVISOR) else PermissionDenied
    with pytest.raises(expected):  # officers and supervisors: another officer has this file
        request_opinions(taken, [NSS], by=person, at=timezone.now())


def test_nobody_asks_while_the_employer_is_asked(taken: Application, officer: User) -> None:
    review.ask(
        taken,
        "Which floor?",
        ["terms"],
        expected_submission=make.newest(taken),
        by=officer,
        at=timezone.now(),
    )
    with pytest.raises(ChangedMeanwhile):
        request_opinions(taken, [NSS], by=officer, at=timezone.now())
