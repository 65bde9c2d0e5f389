"""No permit begins after, or outlasts, what it rests on: the contract, the passport, the longest term of the law."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from permits.actions import decisions, review
from permits.case_types.new import CASE_TYPE
from permits.completeness.permit_term import EndsWith, obstacle, permit_term
from permits.models import Application, Permit
from tests.factories import permits as make
from wpis.accounts.roles import Role
from wpis.errors import Refused

DAYS = st.dates(min_value=date(2022, 1, 1), max_value=date(2030, 12, 31))


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def approve(file: Application) -> Permit:
    """Taken, proposed and confirmed today."""
    officer, second, now = make.a_user(Role.OFFICER), make.a_user(Role.SUPERVISOR), timezone.now()
    taken = review.take(file, by=officer, at=now)
    make.complete_checks(taken)
    decision = decisions.propose(
        taken,
        "approval",
        ground=decisions.grounds(taken, "approval")[0].code,
        reason="",
        expected_submission=taken.submissions.latest("number").pk,
        by=officer,
        at=now,
    )
    decisions.confirm(taken, expected_decision=decision.pk, by=second, at=now)
    return Permit.objects.get(application=file)


@given(starts=DAYS, lasts=st.integers(0, 900), passport=DAYS, on=DAYS)
def test_a_term_lies_within_all_that_it_rests_on_or_there_is_none(
    starts: date, lasts: int, passport: date, on: date
) -> None:
    ends = starts + timedelta(days=lasts)
    term = permit_term(CASE_TYPE, starts_on=starts, ends_on=ends, passport_expires_on=passport, on=on)
    assert term
    assert term.possible == (obstacle(term) is None)
    assert term.first == max(starts, on)
    assert term.last <= min(ends, passport)
    assert (term.last - term.first).days < 366
    assert term.possible == (max(starts, on) <= min(ends, passport))


@pytest.mark.django_db
def test_the_permit_ends_with_the_passport_when_that_is_first() -> None:
    file = make.a_submitted_application(
        worker={"passport_expires_on": in_days(100)},
        terms={"starts_on": in_days(10), "ends_on": in_days(300)},
    )
    permit = approve(file)
    assert (permit.valid_from, permit.valid_until) == (in_days(10), in_days(100))


OVERTAKEN: dict[str, tuple[dict[str, Any], str]] = {
    "the contract ended while the file lay there": (
        {"terms": {"starts_on": in_days(-20), "ends_on": in_days(20)}},
        "The contract ends on",
    ),
    "the passport expired while the file lay there": (
        {"worker": {"passport_expires_on": in_days(20)}, "terms": {"starts_on": in_days(5)}},
        "The passport expires on",
    ),
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", OVERTAKEN)
def test_an_approval_without_a_day_for_the_permit_is_refused_with_the_reason(name: str) -> None:
    changes, words = OVERTAKEN[name]
    file = make.a_submitted_application(**changes)
    with (
        time_machine.travel(timezone.now() + timedelta(days=30), tick=True),
        translation.override("en"),
        pytest.raises(Refused, match=words),
    ):
        approve(file)
    assert not Permit.objects.filter(application=file).exists()


@pytest.mark.django_db
def test_the_officer_reads_the_term_and_what_it_ends_with(office: Any) -> None:
    file = make.a_submitted_application(worker={"passport_expires_on": in_days(100)})
    office.sign_in(make.a_user(Role.OFFICER))
    page = office.get(f"/files/{file.reference}/").content.decode()
    assert "A permit issued today" in page
    assert "ends with the passport" in page
    assert "Shown to the applicant, who filed it:" in page


def test_what_ends_first_is_named() -> None:
    on = date(2026, 3, 1)
    term = permit_term(CASE_TYPE, starts_on=on, ends_on=date(2028, 1, 1), passport_expires_on=None, on=on)
    assert term
    assert (term.ends_with, term.last) == (EndsWith.LONGEST_TERM, date(2027, 2, 28))
