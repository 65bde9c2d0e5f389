"""When an alert is raised, and when a newer submission does not raise another."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from alerts.models import Alert
from alerts.triage import actions
from permits.feed import SubmissionRecord
from tests.factories.permits import a_user
from tests.factories.records import a_record
from tests.factories.screening import BLIND, CHILD, DEBT, LATER, screen
from wpis.accounts.roles import Role
from wpis.dates.partial import PartialDate

pytestmark = pytest.mark.django_db

AT = LATER + timedelta(hours=1)


def newer(record: SubmissionRecord, **changes: Any) -> SubmissionRecord:
    """The same application filed again a day later."""
    if born := changes.get("worker", {}).get("birth_date"):
        changes = {**changes, "worker": {**changes["worker"], "birth_date": PartialDate.of(born)}}
    parts = {name: replace(getattr(record, name), **change) for name, change in changes.items()}
    return replace(
        record,
        submission=uuid4(),
        number=record.number + 1,
        submitted_at=record.submitted_at + timedelta(days=1),
        **parts,
    )


def test_a_careful_submission_raises_nothing() -> None:
    (row,) = screen([a_record()])
    assert row.state == "screened"
    assert not row.findings.exists()
    assert not Alert.objects.exists()


def test_an_alert_carries_its_level_its_patterns_and_its_clock() -> None:
    screen([a_record(**CHILD)])
    alert = Alert.objects.get()
    assert (alert.level, alert.child, alert.typologies) == ("urgent", True, ["child"])
    assert alert.due_at == LATER + timedelta(hours=24)
    assert alert.reference.startswith("S-")


def test_the_same_again_while_open_raises_no_second_alert() -> None:
    first = a_record(**DEBT)
    screen([first])
    screen([newer(first)], AT)
    assert Alert.objects.count() == 1


def test_something_new_raises_one_that_points_to_the_earlier() -> None:
    first = a_record(**DEBT)
    screen([first])
    screen([newer(first, **CHILD)], AT)
    earlier, later = Alert.objects.order_by("created_at")
    assert later.earlier == earlier
    assert later.typologies == ["child", "debt_bondage"]


def dismissed(alert: Alert) -> None:
    analyst = a_user(Role.ANALYST)
    taken = actions.take(alert, by=analyst, at=AT)
    actions.dismiss(taken, by=analyst, at=AT, reason="An annex was missing.", category="false_alarm")


def test_a_dismissal_covers_what_a_person_has_seen_and_nothing_else() -> None:
    first = a_record(**BLIND)
    screen([first])
    dismissed(Alert.objects.get())
    screen([second := newer(first)], AT)
    assert Alert.objects.count() == 1, "the same findings with the same values were dismissed by a person"
    screen([newer(second, terms={"contract_states": ()})], AT)
    assert Alert.objects.count() == 2, "the contract leaves out more than the analyst has seen"


def test_two_submissions_of_one_application_in_one_batch_raise_one_alert() -> None:
    first = a_record(**DEBT)
    screen([first, newer(first)])
    assert Alert.objects.count() == 1


def test_references_tell_neither_order_nor_number() -> None:
    screen([a_record(**DEBT) for _ in range(20)])
    in_order = list(Alert.objects.order_by("created_at", "pk").values_list("reference", flat=True))
    assert len(set(in_order)) == 20
    assert in_order != sorted(in_order)
