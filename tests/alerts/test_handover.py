"""The door to the downstream app: only what a person has confirmed, and the answers that come back."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pgtrigger
import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from alerts import handover
from alerts.models import Alert, AlertChange
from alerts.screening.batch import screen_waiting
from alerts.triage import actions
from tests.factories.permits import a_submitted_application, a_user
from wpis.accounts.roles import Role
from wpis.errors import Refused

pytestmark = pytest.mark.django_db

WHY = "The worker pays more than two months for the job."


def raised(**changes: Any) -> Alert:
    application = a_submitted_application(**(changes or {"recruitment": {"worker_fee": 2_000_000}}))
    screen_waiting(timezone.now() + timedelta(minutes=1))
    return Alert.objects.get(application=application.pk)


def confirmed(analyst: Any = None, **changes: Any) -> Alert:
    analyst = analyst or a_user(Role.ANALYST, name="Anahit")
    taken = actions.take(raised(**changes), by=analyst, at=timezone.now())
    return actions.confirm(taken, by=analyst, at=timezone.now(), reason=WHY)


def test_an_alert_that_nobody_confirmed_does_not_exist_beyond_the_door() -> None:
    alert = raised()
    assert handover.confirmed() == []
    for call in (
        lambda: handover.packet(alert.pk),
        lambda: handover.packet(uuid4()),
        lambda: handover.record_opened(alert.pk, "C-1", by=a_user(Role.CASEWORKER), at=timezone.now()),
        lambda: handover.record_outcome(alert.pk, "accepted", by=a_user(Role.PARTNER), at=timezone.now()),
    ):
        with pytest.raises(handover.NotConfirmed):
            call()


def test_a_confirmed_alert_waits_with_its_reason_and_everything_behind_it() -> None:
    alert = confirmed()
    (waiting,) = handover.confirmed()
    assert (waiting.alert, waiting.level, waiting.confirmed_by) == (alert.pk, "serious", "Anahit")
    assert waiting.typologies == ("A debt may tie the worker to the job",)
    packet = handover.packet(alert.pk)
    assert (packet.reference, packet.reason, packet.child) == (alert.reference, WHY, False)
    assert packet.record.application == alert.application
    found = {words.indicator: words for words in packet.findings}
    assert found["A06"].checked
    assert found["A06"].sentence.replace("\u00a0", " ").startswith("Fee paid by the worker: 2 000 000 drams")
    assert not found["A05"].checked
    assert found["A05"].sentence.startswith("Not known: ")


def test_an_alert_whose_submission_was_changed_is_refused_in_words_and_no_case_is_opened() -> None:
    alert = confirmed()
    with pgtrigger.ignore("permits.Submission:immutable"), connection.cursor() as cursor:
        cursor.execute("UPDATE permits_submission SET digest = %s", ["0" * 64])
    with pytest.raises(Refused, match="cannot be read"):
        handover.packet(alert.pk)
    alert.refresh_from_db()
    assert alert.state == "confirmed"
    assert len(handover.confirmed()) == 1, "it waits on"


def test_the_list_is_cut_into_pages_without_overlap(django_assert_num_queries: Any) -> None:
    everyone = {confirmed().pk for _ in range(3)}
    with django_assert_num_queries(2):
        first = handover.confirmed(limit=2)
    second = handover.confirmed(limit=2, offset=2)
    assert len(first) == 2
    assert {row.alert for row in (*first, *second)} == everyone
    assert handover.count_confirmed() == 3


def test_a_case_is_opened_once_and_its_outcome_flows_back() -> None:
    alert, worker = confirmed(), a_user(Role.CASEWORKER)
    handover.record_opened(alert.pk, "C-7KQ2", by=worker, at=timezone.now())
    assert handover.confirmed() == []
    with pytest.raises(Refused):
        handover.record_opened(alert.pk, "C-OTHER", by=worker, at=timezone.now())
    handover.record_outcome(alert.pk, "accepted", by=a_user(Role.PARTNER), at=timezone.now())
    handover.record_outcome(alert.pk, handover.Outcome.IDENTIFIED, by=worker, at=timezone.now())
    alert.refresh_from_db()
    assert (alert.state, alert.case_reference, alert.outcome) == ("closed", "C-7KQ2", "identified")
    recorded = AlertChange.objects.filter(step="record_outcome")
    assert [row.reason for row in recorded] == ["accepted", "identified"]


def test_an_outcome_before_a_case_or_of_no_known_kind_is_refused() -> None:
    alert = confirmed()
    with pytest.raises(Refused):
        handover.record_outcome(alert.pk, "accepted", by=a_user(Role.CASEWORKER), at=timezone.now())
    with pytest.raises(Refused, match="maybe"):
        handover.record_outcome(alert.pk, "maybe", by=a_user(Role.CASEWORKER), at=timezone.now())


def test_an_analyst_cannot_open_a_case() -> None:
    alert = confirmed()
    with pytest.raises(PermissionDenied):
        handover.record_opened(alert.pk, "C-1", by=a_user(Role.ANALYST), at=timezone.now())
