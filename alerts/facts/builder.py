"""Builds the facts of a batch in a handful of queries, each as of the moment its submission arrived."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from alerts.facts import from_submission
from alerts.models import Facts, IdentifierKind
from alerts.models.facts import VERSION
from permits.feed import SubmissionRecord

__all__ = ["MOST", "VERSION", "WINDOW", "Shared", "build"]  # the version is declared beside the facts

WINDOW = timedelta(days=365)
"""How far back a shared address, telephone or account ties workers together; a permit lasts about as long."""

MOST = 200
"""Holders looked at per value: a hub costs no more than this, and says no more than "very many"."""

FEW = 100
DEEPEST = 20_000
"""Where the holders looked at are few workers, filed for again and again, so many are: who floods a value with filings
of one worker hides nobody behind them."""


Held = tuple[UUID, str]
"""A submission, and the kind of a value that it holds."""


class Shared(NamedTuple):
    """How many hold one value, this submission included."""

    workers: int
    employers: int
    applications: int


_COUNTS = """
SELECT submission, kind, max(workers), max(employers), max(applications), max(held) FROM (
SELECT mine.submission, mine.kind, count(DISTINCT other.worker) AS workers,
       count(DISTINCT other.employer) AS employers, count(DISTINCT other.application) AS applications,
       count(*) AS held
FROM alerts_identifier mine
CROSS JOIN LATERAL (
    SELECT worker, employer, application FROM alerts_identifier held
    WHERE held.kind = mine.kind AND held.digest = mine.digest
      AND held.position <= mine.position AND held.seen_at > mine.seen_at - %s
    ORDER BY held.position DESC LIMIT %s
) other
WHERE mine.submission = ANY(%s) AND mine.kind = ANY(%s)
GROUP BY mine.submission, mine.kind, mine.worker
) under_one_key GROUP BY submission, kind
"""
"""`mine.worker` names the index key: while the index is rebuilt rows stand there under two, and one of them has all."""

_COUNTED = [
    IdentifierKind.ADDRESS.value,
    IdentifierKind.PHONE.value,
    IdentifierKind.ACCOUNT.value,
    IdentifierKind.EMPLOYER.value,
]


def build(records: Iterable[SubmissionRecord]) -> list[Facts]:
    """Unsaved facts for these submissions, in order; their identifiers must have been stored (`identifiers.store`).

    A submission counts what arrived before it and nothing else, so any number of batches may be built at once.
    """
    batch = list(records)
    shared = _shared([record.submission for record in batch])
    if any((record.submission, IdentifierKind.EMPLOYER.value) not in shared for record in batch):
        raise LookupError("identifiers are stored first")  # every submission has its employer
    return [_facts(record, shared) for record in batch]


def _shared(submissions: list[UUID]) -> dict[Held, Shared]:
    found, flooded = _counts(submissions, _COUNTED, MOST)
    if flooded:
        deeper, _ = _counts([key for key, _ in flooded], [kind for _, kind in flooded], DEEPEST)
        found |= {held: deeper[held] for held in flooded}
    return found


def _counts(submissions: list[UUID], kinds: list[str], most: int) -> tuple[dict[Held, Shared], list[Held]]:
    """How many hold each value, looking at so many rows of it, and where those rows speak of few workers only."""
    found: dict[Held, Shared] = {}
    flooded = []
    with connection.cursor() as cursor:
        parameters: list[Any] = [WINDOW, most, list(set(submissions)), list(set(kinds))]
        cursor.execute(_COUNTS, parameters)
        for submission, kind, workers, employers, applications, held in cursor.fetchall():
            found[submission, kind] = Shared(workers, employers, applications)
            if held >= most and workers < FEW:
                flooded.append((submission, kind))
    return found, flooded


def _facts(record: SubmissionRecord, shared: dict[Held, Shared]) -> Facts:
    def held(kind: IdentifierKind, what: str) -> Any:
        found = shared.get((record.submission, kind.value))
        return None if found is None else getattr(found, what)

    return Facts(
        submission_id=record.submission,
        builder_version=VERSION,
        application=record.application,
        employer=record.employer.id,
        submitted_at=record.submitted_at,
        employer_applications_12m=held(IdentifierKind.EMPLOYER, "applications"),
        address_workers=held(IdentifierKind.ADDRESS, "workers"),
        address_employers=held(IdentifierKind.ADDRESS, "employers"),
        phone_workers=held(IdentifierKind.PHONE, "workers"),
        account_workers=held(IdentifierKind.ACCOUNT, "workers"),
        **from_submission.facts(record),
    )
