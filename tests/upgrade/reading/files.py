"""Submissions, the working copies they were made from, and the file as an officer reads it."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from permits.assessment.legal_limits import Limit
from permits.feed import SubmissionRecord, records
from permits.models import Application, Submission
from permits.officer.file.dossier import gather
from tests.conftest import standing_on
from tests.upgrade.reading.plain import in_languages
from wpis.accounts.models import User
from wpis.accounts.roles import Role

READ_AT = datetime(2026, 9, 15, 8, tzinfo=UTC)
"""When the officer opens the file."""


def record_of(submission: UUID) -> SubmissionRecord:
    """What was filed."""
    (found,) = records([submission])
    return found


def submission(row: Submission) -> dict[str, Any]:
    """What was filed, and its digest."""
    return {"number": row.number, "digest": row.digest, "record": record_of(row.pk).as_dict()}


def working_copy(row: Application) -> dict[str, Any]:
    """What stands in the encrypted columns of a form, and where the file stands."""
    worker = row.worker
    return {
        "reference": row.reference,
        "state": row.state,
        "worker": [worker.passport_number, worker.mrz, worker.phone, worker.email],
        "wage_account": row.terms.wage_account,
    }


SINCE_0_2 = Limit.DAILY_HOURS
"""A limit that earlier releases did not compare."""


def officers_view(row: Application) -> dict[str, Any]:
    """The file as an officer reads it: every value beside what it was before, the limits of the law, the history."""
    reader = User.objects.filter(role=Role.OFFICER, is_active=True).earliest("joined_at", "id")

    def read() -> dict[str, Any]:
        with standing_on("office"):
            dossier = gather(row, reader, READ_AT)
        return {
            "rows": {
                f"{part.name}.{line.name}": [
                    str(line.label),
                    str(line.value),
                    str(line.was or ""),
                    line.mark and str(line.mark.text),
                ]
                for part in dossier.parts
                for line in part.rows
            },
            "limits": [
                [limit.label, limit.stated, limit.limit, limit.kept]
                for limit in dossier.assessment.limits
                if limit.name != SINCE_0_2
            ],
            "grounds": [ground for _decision, ground in dossier.decisions],
            "steps": [[event.title, event.note] for event in dossier.events],
        }

    return in_languages(read)


def files_with_a_past() -> Iterable[Application]:
    """Files with two submissions, and decided ones: the rest reads the same way."""
    again = Submission.objects.filter(number__gt=1).values("application")
    return Application.objects.filter(Q(pk__in=again) | Q(permit__isnull=False)).distinct()
