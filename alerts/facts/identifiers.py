"""Extracts the values by which one submission can be linked to others, as digests."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import structlog
from celery.exceptions import SoftTimeLimitExceeded
from django.db import connection

from alerts.facts import normalization
from alerts.models import IdentifierKind, ScreeningLock
from permits.feed import SubmissionRecord
from wpis.crypto.blind_index import BlindIndex, normalise_identifier
from wpis.crypto.keys import index_keys

_LABEL = "alerts.identifier"

log = structlog.get_logger(__name__)

_INSERT = """
INSERT INTO alerts_identifier (id, kind, digest, submission, application, employer, worker, seen_at, position)
SELECT gen_random_uuid(), rows.*
FROM unnest(
    %s::text[], %s::uuid[], %s::uuid[], %s::uuid[], %s::uuid[], %s::uuid[], %s::timestamptz[], %s::bigint[]
) AS rows
ON CONFLICT DO NOTHING
"""
_PLACES = "SELECT DISTINCT submission, position FROM alerts_identifier WHERE submission = ANY(%s)"


def digest(kind: IdentifierKind, value: str, key: bytes | None = None) -> UUID:
    """The blind digest of a normalised value; values of two kinds never compare equal."""
    return _short(BlindIndex.digest(f"{_LABEL}.{kind}", value, key))


def worker_digest(record: SubmissionRecord, key: bytes | None = None) -> UUID:
    """The digest that stands for the worker: issuing country and passport number."""
    worker = record.worker
    number = normalise_identifier(worker.passport_issuer + worker.passport_number)
    return _short(BlindIndex.digest(f"{_LABEL}.worker", number, key))


_READ: tuple[tuple[IdentifierKind, Callable[[SubmissionRecord], str]], ...] = (
    (IdentifierKind.EMPLOYER, lambda filed: filed.employer.id.hex),
    (
        IdentifierKind.ADDRESS,
        lambda filed: normalization.address(filed.housing.address, filed.housing.province),
    ),
    (IdentifierKind.PHONE, lambda filed: normalization.phone(filed.worker.phone)),
    (IdentifierKind.EMAIL, lambda filed: normalization.email(filed.worker.email)),
    (IdentifierKind.ACCOUNT, lambda filed: normalization.account(filed.terms.wage_account)),
    (IdentifierKind.RECRUITER, lambda filed: normalization.phone(filed.recruitment.recruiter_phone)),
    (IdentifierKind.RECRUITER, lambda filed: normalization.email(filed.recruitment.recruiter_email)),
    (
        IdentifierKind.RECRUITER,
        lambda filed: normalization.name(
            filed.recruitment.recruiter_name, filed.recruitment.recruiter_country
        ),
    ),
)
"""Where in a submission each value stands."""


def values(record: SubmissionRecord) -> list[tuple[IdentifierKind, str]]:
    """What this submission could share with others, normalised; an absent value is left out.

    A value that cannot be normalised is left out by itself, and logged: the others still tie this submission.
    """
    found: dict[tuple[IdentifierKind, str], None] = {}
    for kind, read in _READ:
        try:
            value = read(record)
        except SoftTimeLimitExceeded:
            raise  # the worker must stop; nothing is wrong with the submission
        except Exception as error:
            log.error(
                "identifier_not_read",
                kind=kind.value,
                submission=str(record.submission),
                error=type(error).__name__,
            )
            continue
        if value:
            found[kind, value] = None
    return list(found)


class Row(NamedTuple):
    """One value of one submission, as a row of Identifier without its id."""

    kind: str
    digest: UUID
    submission: UUID
    application: UUID
    employer: UUID
    worker: UUID
    seen_at: datetime
    position: int


def store(batch: Sequence[SubmissionRecord]) -> None:
    """Store the identifiers of these submissions, each at its place in the order of arrival.

    What has a place keeps it. The others get the next ones in the order of filing; those filed at one moment share
    a place and count each other. Whoever reads a place can read every lower one too, however late a
    submission was committed, because the lock is held until these rows are: so two submissions never both miss
    what they share. Call inside `atomic`.
    """
    places = _places([record.submission for record in batch])
    new = [record for record in batch if record.submission not in places]
    if new:
        moments = sorted({record.submitted_at for record in new})
        first = ScreeningLock.next_places(len(moments))
        place = {moment: first + n for n, moment in enumerate(moments)}
        places |= {record.submission: place[record.submitted_at] for record in new}
    insert(row for record in batch for row in of(record, places[record.submission]))


def _places(submissions: list[UUID]) -> dict[UUID, int]:
    """The places of those submissions that have one."""
    with connection.cursor() as cursor:
        cursor.execute(_PLACES, [submissions])
        return dict(cursor.fetchall())


def of(record: SubmissionRecord, position: int) -> list[Row]:
    """The rows for one submission at its place.

    While the index is rebuilt they stand there twice, under both keys: each submission still meets those whose rows
    are under one of them only. What counts rows looks at those under one key at a time; `worker` tells them apart.
    """
    return [row for key in index_keys() for row in under(key, record, position)]


def under(key: bytes, record: SubmissionRecord, position: int) -> list[Row]:
    """The rows for one submission under one index key."""
    worker = worker_digest(record, key)
    return [
        Row(
            kind.value,
            digest(kind, value, key),
            record.submission,
            record.application,
            record.employer.id,
            worker,
            record.submitted_at,
            position,
        )
        for kind, value in values(record)
    ]


def insert(rows: Iterable[Row]) -> int:
    """Write the rows in one statement, a tenth of the cost of model instances; how many were not there already."""
    columns = [list(column) for column in zip(*rows, strict=True)]
    if not columns:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, columns)
        return int(cursor.rowcount)


def _short(digest: bytes) -> UUID:
    """128 bits are plenty to tell values apart, and make rows that PostgreSQL stores and indexes at half the size."""
    return UUID(bytes=digest[:16])
