"""Two people act on one request for an override at the same moment: it is settled once, and the check as it stands."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone, translation

from permits import feed
from permits.actions import review
from permits.checks import overrides
from permits.models import Check, CheckKind, CheckOverride
from tests.factories import permits as make
from tests.permits.officer.decision.test_races import at_once
from wpis.accounts.roles import Role
from wpis.errors import Refused

WAIT = timedelta(hours=24)


def said(step: Any) -> str:
    """Empty when the step was taken, else why it was not."""
    try:
        with translation.override("en"):
            step()
    except Refused as refused:
        return " ".join(str(reason) for reason in refused.reasons)
    return ""


@pytest.fixture
def request_(committed: None) -> CheckOverride:
    """Requested long enough ago."""
    file = review.take(make.a_submitted_application(), by=make.a_user(Role.OFFICER), at=timezone.now())
    check = Check.objects.get(submission__application=file, kind=CheckKind.AUTOMATIC)
    by = make.a_user(Role.SUPERVISOR)
    return overrides.request_override(check, "The register is down.", by=by, at=timezone.now() - WAIT)


def test_of_two_supervisors_who_confirm_at_once_one_is_told_that_it_is_settled(
    request_: CheckOverride,
) -> None:
    people = [make.a_user(Role.SUPERVISOR) for _ in range(2)]
    now = timezone.now()
    steps = [partial(overrides.confirm_override, request_, by=person, at=now) for person in people]
    answers = at_once(*(partial(said, step) for step in steps))
    assert sorted(map(bool, answers)) == [False, True]
    assert "settled already" in "".join(answers)
    request_.refresh_from_db()
    assert request_.settled_by == people[answers.index("")]


def test_one_who_confirms_and_one_who_declines_at_once_settle_it_once(request_: CheckOverride) -> None:
    first, second = (make.a_user(Role.SUPERVISOR) for _ in range(2))
    now = timezone.now()
    answers = at_once(
        partial(said, partial(overrides.confirm_override, request_, by=first, at=now)),
        partial(said, partial(overrides.decline_override, request_, "No.", by=second, at=now)),
    )
    assert sorted(map(bool, answers)) == [False, True]
    request_.refresh_from_db()
    request_.check_row.refresh_from_db()
    assert bool(request_.confirmed) == (request_.check_row.overridden_at is not None) == (answers[0] == "")


def test_a_check_that_completes_at_once_with_the_confirmation_is_one_or_the_other(
    request_: CheckOverride,
) -> None:
    """A completed check is never overridden afterwards; one locked by the confirmation completes at the next try."""
    now, check = timezone.now(), request_.check_row

    def complete() -> str:
        with connection.cursor() as cursor:
            cursor.execute(
                "RESET ROLE"
            )  # what it records belongs to another surface than the one that is stood on
            feed.complete_check([check.submission_id], now)
        return ""

    confirm = partial(overrides.confirm_override, request_, by=make.a_user(Role.SUPERVISOR), at=now)
    answers = at_once(partial(said, confirm), complete)
    complete()  # what the feed does after a few seconds when the row was locked
    check.refresh_from_db()
    assert check.completed_at is not None
    assert (check.overridden_at is not None) == (answers[0] == "")
    assert answers[0] == "" or "no longer waits" in answers[0]
