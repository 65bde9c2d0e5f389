"""The reasons of steps lie encrypted in their history; the digest of a step is over what was written."""

from typing import Any

import pgtrigger
import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from permits.actions import review
from permits.models import Application, ApplicationChange
from tests.factories import permits as make
from wpis.accounts.roles import Role
from wpis.audit.digests import Genuine, genuine

pytestmark = pytest.mark.django_db

WHY = "Karen Petrosyan, AN7654321, asked me to"


def handed_back() -> tuple[Application, Any]:
    file, officer = make.a_submitted_application(), make.a_user(Role.OFFICER)
    review.take(file, by=officer, at=timezone.now())
    review.release(Application.objects.get(pk=file.pk), WHY, by=officer, at=timezone.now())
    return file, officer


def test_a_reason_is_shown_on_the_file_and_lies_nowhere_in_clear(office: Any) -> None:
    file, officer = handed_back()
    assert WHY in office.sign_in(officer).get(f"/files/{file.reference}/").content.decode()
    with connection.cursor() as cursor:
        cursor.execute("SELECT reason IS NULL, reason::text FROM permits_applicationchange ORDER BY at, id")
        rows = cursor.fetchall()
    assert [empty for empty, _text in rows] == [True, True, False], "where nothing was written nothing lies"
    assert WHY.encode().hex() not in str(rows)
    assert [step.reason for step in ApplicationChange.objects.all()] == ["", "", WHY]
    call_command("verify_audit")


def test_a_reason_that_was_swapped_is_found_and_takes_no_page_down(office: Any) -> None:
    file, officer = handed_back()
    other, _ = handed_back()
    with pgtrigger.ignore(), connection.cursor() as cursor:
        cursor.execute(
            """UPDATE permits_applicationchange SET reason =
                 (SELECT reason FROM permits_applicationchange WHERE subject_id = %s AND step = 'release')
               WHERE subject_id = %s AND step = 'release'""",
            [other.pk, file.pk],
        )
    assert genuine(file.changes.get(step="release"), began=None) == Genuine.NO
    page = office.sign_in(officer).get(f"/files/{file.reference}/")
    assert page.status_code == 200
    assert "The reason cannot be read." in page.content.decode()
