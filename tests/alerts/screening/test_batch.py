"""Screening: each submission once, a failing one isolated, nothing decided automatically."""

from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pgtrigger
import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from alerts.facts import from_submission
from alerts.models import Alert, Facts, Finding, Identifier, Screening
from alerts.screening.batch import screen_waiting
from permits.models import Check, CheckKind
from permits.models.submission import FeedItem, Submission
from tests.conftest import standing_on
from tests.factories.permits import a_submitted_application

pytestmark = pytest.mark.django_db


def soon() -> Any:
    return timezone.now() + timedelta(minutes=1)


def check_of(application: Any) -> Check:
    return Check.objects.get(submission__application=application, kind=CheckKind.AUTOMATIC)


def test_a_submission_is_screened_once_and_its_check_completes() -> None:
    application = a_submitted_application()
    assert screen_waiting(soon()) == 1
    assert screen_waiting(soon()) == 0
    row = Screening.objects.get(application=application.pk)
    assert row.state == "screened"
    assert row.ruleset.version == "R2026.1"
    assert check_of(application).completed_at is not None


def test_a_clean_and_a_troubling_submission_complete_at_the_same_moment() -> None:
    clean = a_submitted_application()
    troubling = a_submitted_application(recruitment={"worker_fee": 2_000_000})
    at = soon()
    assert screen_waiting(at) == 2
    assert check_of(clean).completed_at == check_of(troubling).completed_at == at
    assert [alert.application for alert in Alert.objects.all()] == [troubling.pk]


def test_screening_the_same_submission_again_changes_nothing() -> None:
    a_submitted_application(recruitment={"worker_fee": 2_000_000})
    screen_waiting(soon())
    before = [m.objects.count() for m in (Facts, Identifier, Screening, Finding, Alert)]
    FeedItem.objects.update(done_at=None, due_at=timezone.now())  # as after a restored backup of the queue
    assert screen_waiting(soon()) == 1
    assert [m.objects.count() for m in (Facts, Identifier, Screening, Finding, Alert)] == before


def test_the_protection_role_may_do_all_of_it_and_retry_what_failed() -> None:
    bad = a_submitted_application(recruitment={"worker_fee": 2_000_000})
    a_submitted_application()
    with standing_on("protection"), poison(bad):
        assert screen_waiting(soon()) == 2
    later = soon() + timedelta(hours=1)
    with time_machine.travel(later), standing_on("protection"):
        assert screen_waiting(later) == 1
    assert set(Screening.objects.values_list("state", flat=True)) == {"screened"}
    assert Alert.objects.get().application == bad.pk


def poison(bad: Any) -> Any:
    real = from_submission.facts

    def facts(record: Any) -> Any:
        if record.application == bad.pk:
            raise ZeroDivisionError("a defect in a rule")
        return real(record)

    return patch.object(from_submission, "facts", facts)


def test_a_poison_submission_fails_alone_and_holds_its_approval() -> None:
    good, bad, also_good = [a_submitted_application() for _ in range(3)]
    with poison(bad):
        assert screen_waiting(soon()) == 3
    rows = {row.submission.application_id: row for row in Screening.objects.select_related("submission")}
    assert rows[good.pk].state == rows[also_good.pk].state == "screened"
    assert (rows[bad.pk].state, rows[bad.pk].error) == ("could_not_check", "ZeroDivisionError")
    assert check_of(bad).completed_at is None
    assert check_of(good).completed_at is not None
    item = FeedItem.objects.get(key=rows[bad.pk].submission_id)
    assert (item.attempts, item.done_at) == (1, None)
    assert item.due_at > timezone.now()


def test_what_could_not_be_checked_is_screened_when_it_is_tried_again() -> None:
    bad = a_submitted_application(recruitment={"worker_fee": 2_000_000})
    with poison(bad):
        screen_waiting(soon())
    assert screen_waiting(soon() + timedelta(hours=1)) == 1
    row = Screening.objects.get()
    assert (row.state, row.error, row.application) == ("screened", "", bad.pk)
    assert Alert.objects.filter(screening=row).exists()
    assert check_of(bad).completed_at is not None


SWAP = """UPDATE permits_submission SET snapshot = (SELECT snapshot FROM permits_submission WHERE id = %s)
WHERE application_id = %s"""


def test_a_snapshot_that_was_tampered_with_could_not_be_checked() -> None:
    good, bad = a_submitted_application(), a_submitted_application()
    other = Submission.objects.get(application=good)
    with pgtrigger.ignore("permits.Submission:immutable"), connection.cursor() as cursor:
        cursor.execute(SWAP, [other.pk, bad.pk])  # somebody who owns the database swaps two sealed snapshots
    screen_waiting(soon())
    row = Screening.objects.get(submission__application=bad)
    assert (row.state, row.application, row.error) == ("could_not_check", None, "Tampered")


def test_a_snapshot_that_does_not_fit_its_digest_could_not_be_checked() -> None:
    good, bad = a_submitted_application(), a_submitted_application()
    with pgtrigger.ignore("permits.Submission:immutable"), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE permits_submission SET digest = %s WHERE application_id = %s", ["0" * 64, bad.pk]
        )
    screen_waiting(soon())
    row = Screening.objects.get(submission__application=bad)
    assert (row.state, row.application, row.error) == ("could_not_check", None, "Tampered")
    assert Screening.objects.get(submission__application=good).state == "screened"
    assert check_of(bad).completed_at is None


def test_one_submission_takes_a_handful_of_queries_and_a_hundred_hardly_more(
    django_assert_max_num_queries: Any,
) -> None:
    """Two of them for the audit trail: which checks are free to complete, and one event for each in one statement."""
    a_submitted_application()
    with django_assert_max_num_queries(33):
        screen_waiting(soon())
    for _ in range(100):
        a_submitted_application()
    with django_assert_max_num_queries(33):
        assert screen_waiting(soon()) == 100
