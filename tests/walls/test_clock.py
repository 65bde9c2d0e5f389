"""Wall: time. Screening is outside the request, locks nothing of the open side, and completes at one moment for all."""

from collections.abc import Callable
from typing import Any

import psycopg2
import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from alerts.models import Alert
from alerts.screening import batch
from permits.actions import applications
from permits.models import Check, CheckKind, FeedItem
from permits.submissions.draft import Draft
from tests.conftest import standing_on
from tests.factories import permits as factory

DEBT: dict[str, Any] = {"recruitment": {"used_recruiter": True, "worker_fee": 900_000}}
TOUCHED_BY_OPEN_PEOPLE = (
    "permits_application",
    "permits_worker",
    "permits_employmentterms",
    "permits_housing",
    "permits_recruitment",
    "permits_submission",
    "permits_applicationdocument",
    "permits_employer",
    "permits_question",
    "permits_decision",
    "accounts_user",
)


@pytest.mark.django_db
def test_a_submission_runs_no_statement_on_a_restricted_table() -> None:
    by = factory.a_user()
    draft = factory.a_complete_application(by=by, **DEBT)
    with standing_on("portal"), CaptureQueriesContext(connection) as captured:
        applications.submit(draft, by=by, at=timezone.now(), declared=True, expected_draft=Draft.AS_SAVED)
    assert not [q["sql"] for q in captured if "alerts_" in q["sql"] or "referral_" in q["sql"]]


def test_while_a_flag_is_being_written_nobody_outside_waits_for_a_lock(
    committed: None, database_url: Callable[..., str]
) -> None:
    by = factory.a_user()
    factory.a_submitted_application(factory.an_employer(by), by, **DEBT)
    with transaction.atomic():
        assert batch.screen_waiting(timezone.now()) == 1
        assert Alert.objects.count() == 1, "the test proves nothing unless something is flagged"
        with psycopg2.connect(database_url()) as other, other.cursor() as cursor:
            for table in TOUCHED_BY_OPEN_PEOPLE:
                cursor.execute(f"SELECT 1 FROM {table} FOR UPDATE NOWAIT")


def test_a_row_that_is_locked_is_noticed(committed: None, database_url: Callable[..., str]) -> None:
    """The control: a real foreign key or an update would look like this."""
    by = factory.a_user()
    application = factory.a_submitted_application(factory.an_employer(by), by)
    with transaction.atomic():
        type(application).objects.filter(pk=application.pk).update(language="hy")
        with (
            psycopg2.connect(database_url()) as other,
            other.cursor() as cursor,
            pytest.raises(psycopg2.errors.LockNotAvailable),
        ):
            cursor.execute("SELECT 1 FROM permits_application FOR UPDATE NOWAIT")


@pytest.mark.django_db
def test_the_check_of_a_flagged_file_completes_at_the_moment_of_the_others() -> None:
    for terms in ({}, DEBT, {}):
        by = factory.a_user()
        factory.a_submitted_application(factory.an_employer(by), by, **terms)
    at = timezone.now()
    with standing_on("protection"):
        assert batch.screen_waiting(at) == 3
    assert Alert.objects.count() == 1
    checks = Check.objects.filter(kind=CheckKind.AUTOMATIC)
    assert set(checks.values_list("completed_at", flat=True)) == {at}
    assert set(FeedItem.objects.values_list("done_at", "attempts")) == {(at, 0)}
