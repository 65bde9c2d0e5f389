"""Two people of one company work on the same draft: the latest saved data are filed."""

import threading
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from permits.actions import applications
from permits.models import Submission
from permits.submissions.draft import Draft
from tests.factories import permits as make


def test_what_is_saved_while_a_submission_waits_is_in_the_submission(committed: None) -> None:
    now = timezone.now()
    draft = make.a_complete_application(at=now)
    by = draft.created_by
    failures: list[Any] = []

    def submit() -> None:
        try:
            applications.submit(draft, by=by, at=now, declared=True, expected_draft=Draft.AS_SAVED)
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    submitting = threading.Thread(target=submit)
    with transaction.atomic():
        applications.save_part(draft, "terms", {"job_title": "Crane driver"}, by=by, at=now)
        submitting.start()
        _until_somebody_waits()
    submitting.join(30)

    assert not failures
    assert Submission.objects.get().snapshot["terms"]["job_title"] == "Crane driver"


def _until_somebody_waits() -> None:
    with connection.cursor() as cursor:
        for _ in range(500):
            cursor.execute("SELECT 1 FROM pg_locks WHERE NOT granted")
            if cursor.fetchone():
                return
            cursor.execute("SELECT pg_sleep(0.02)")
    pytest.fail("the submission did not wait for the one who was saving")
