"""Rebuilds stored identifiers under the current index key, beside screening: nothing is shared less meanwhile.

First every submission gets its rows under the current key too, out of what it sealed when it was filed; then
those under another key go. In between each value stands there twice, and one of the two has everybody who shares it.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from uuid import UUID

import pgtrigger
import structlog
from django.db import InterfaceError, OperationalError, connection, transaction

from alerts.facts import identifiers
from alerts.models import Identifier
from permits import feed
from permits.feed import SubmissionRecord
from wpis.crypto.index_rebuild import KeyedIndex, Progress
from wpis.crypto.keys import index_keys

BATCH = 500
FIRST = UUID(int=0)

_PAGE = """
SELECT submission, min(position) FROM alerts_identifier WHERE submission > %s
GROUP BY submission HAVING count(DISTINCT worker) BETWEEN %s AND %s ORDER BY submission LIMIT %s
"""
"""Read in the order of the unique index; `worker` stands there under the key of its row, so it counts the keys."""

log = structlog.get_logger(__name__)


class RowsMissing(LookupError):
    """Under the current key there are fewer values than under another: the others stay."""


def add() -> Iterator[Progress]:
    """Give every submission that has rows under one key its rows under the current one."""
    yield from _each(_pages(1, 1), _add)


def finish() -> Iterator[Progress]:
    """Take away rows under another key, of submissions that have as many values of each kind under the current one."""
    yield from _each(_pages(2, 99), _remove_others)


def left(with_others: bool) -> int:
    """Submissions that lack a row under the current key, or cannot be read; or have one under another key beside it."""
    stale = 0
    for page in _pages(1, 99):
        for progress in _each([page], lambda places: _complete(places, with_others)):
            stale += progress.rows + len(progress.failed)
    return stale


def _pages(fewest: int, most: int) -> Iterator[dict[UUID, int]]:
    after = FIRST
    while page := _page(after, fewest, most):
        yield page
        after = max(page)


def _page(after: UUID, fewest: int, most: int) -> dict[UUID, int]:
    with connection.cursor() as cursor:
        cursor.execute(_PAGE, [after, fewest, most, BATCH])
        return dict(cursor.fetchall())


def _each(pages: Iterable[dict[UUID, int]], step: Callable[[dict[UUID, int]], int]) -> Iterator[Progress]:
    for places in pages:
        progress = Progress()
        _together_or_alone(places, step, progress)
        yield progress


def _together_or_alone(
    places: dict[UUID, int], step: Callable[[dict[UUID, int]], int], progress: Progress
) -> None:
    """A batch, or when it fails one submission after the other: one that cannot be read holds up nobody else."""
    try:
        with transaction.atomic():
            progress.rows += step(places)
    except (InterfaceError, OperationalError):
        raise  # the database went away; nothing is wrong with the submissions
    except Exception as error:
        if len(places) > 1:
            for submission, position in places.items():
                _together_or_alone({submission: position}, step, progress)
            return
        (submission,) = places
        log.error("identifiers_not_rebuilt", submission=str(submission), error=type(error).__name__)
        progress.failed += (str(submission),)


def _records(places: dict[UUID, int]) -> list[SubmissionRecord]:
    records = feed.records(places)
    if absent := len(places) - len(records):
        raise LookupError(f"{absent} submissions are not there")
    return records


def _add(places: dict[UUID, int]) -> int:
    current = index_keys()[0]
    return identifiers.insert(
        row
        for record in _records(places)
        for row in identifiers.under(current, record, places[record.submission])
    )


def _remove_others(places: dict[UUID, int]) -> int:
    return sum(_remove(record) for record in _records(places))


def _remove(record: SubmissionRecord) -> int:
    stored = Identifier.objects.filter(submission=record.submission)
    worker = identifiers.worker_digest(record)
    others = stored.exclude(worker=worker)
    there, kept = _kinds(others), _kinds(stored.filter(worker=worker))
    if any(count > kept[kind] for kind, count in there.items()):
        raise RowsMissing(str(record.submission))
    with pgtrigger.ignore():  # rows are never edited; these stand there again under the current key
        return others.delete()[0]


def _kinds(rows: Iterable[Identifier]) -> Counter[str]:
    """How many values of each kind; under two other keys one value would count twice, and then its rows stay."""
    return Counter(row.kind for row in rows)


def _complete(places: dict[UUID, int], with_others: bool) -> int:
    """How many of these submissions are not as they should be."""
    current = index_keys()[0]
    stored: dict[UUID, set[tuple[str, UUID]]] = {submission: set() for submission in places}
    foreign: set[UUID] = set()
    records = _records(places)
    workers = {record.submission: identifiers.worker_digest(record, current) for record in records}
    for row in Identifier.objects.filter(submission__in=list(places)):
        stored[row.submission].add((row.kind, row.digest))
        if row.worker != workers[row.submission]:
            foreign.add(row.submission)
    return sum(
        bool(_wanted(current, record, places) - stored[record.submission])
        or (with_others and record.submission in foreign)
        for record in records
    )


def _wanted(key: bytes, record: SubmissionRecord, places: dict[UUID, int]) -> set[tuple[str, UUID]]:
    rows: Sequence[identifiers.Row] = identifiers.under(key, record, places[record.submission])
    return {(row.kind, row.digest) for row in rows}


INDEX = KeyedIndex("alerts.Identifier", add, finish, left)
