"""Gives all history facts of the newest builder version, in batches, beside screening.

Every submission that has facts of an older version gets a further row, derived again from the sealed submission as of
the moment it was filed; no old row changes. What is left to do is what has no new row yet, so a run that was
killed goes on where it stopped, and a second run beside it does no harm.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import structlog
from django.db import InterfaceError, OperationalError, transaction
from django.db.models import Exists, OuterRef, QuerySet

from alerts.facts import builder, identifiers
from alerts.models import Facts
from permits import feed

BATCH = 500

FiledSubmission = tuple[UUID, datetime]
"""A submission and when it was filed."""

log = structlog.get_logger(__name__)


@dataclass(slots=True)
class Progress:
    """How far a run has come; `failed` could not be derived and stay without a new row."""

    rebuilt: int = 0
    failed: int = 0


def rebuild(batch: int = BATCH) -> Iterator[Progress]:
    """Rebuild whatever is missing, oldest first; yields after each batch, which is committed by then.

    The order matters where a builder reads identifiers that an older one did not store: those of everything filed
    before a submission are there when its turn comes.
    """
    progress = Progress()
    for filed in _batches(left().iterator(chunk_size=batch), batch):
        _rebuild_or_isolate([submission for submission, _ in filed], progress)
        yield progress


def left() -> QuerySet[Facts, FiledSubmission]:
    """Submissions with facts of an older builder and none of the newest, in order of filing."""
    newest = Facts.objects.filter(submission=OuterRef("submission"), builder_version=builder.VERSION)
    return (
        Facts.objects.filter(~Exists(newest), builder_version__lt=builder.VERSION)
        .values_list("submission_id", "submitted_at")
        .distinct()
        .order_by("submitted_at", "submission_id")
    )


def _batches(rows: Iterable[FiledSubmission], size: int) -> Iterator[list[FiledSubmission]]:
    """Batches of about this size; what was filed at the same moment stays together, because it counts each other."""
    batch: list[FiledSubmission] = []
    for row in rows:
        if len(batch) >= size and row[1] != batch[-1][1]:
            yield batch
            batch = []
        batch.append(row)
    if batch:
        yield batch


def _rebuild_or_isolate(submissions: list[UUID], progress: Progress) -> None:
    """All of them together; when that fails, one by one, so that one that cannot be read holds up nobody else."""
    try:
        _rebuild(submissions)
    except (InterfaceError, OperationalError):
        raise  # the database went away; nothing is wrong with the submissions
    except Exception as error:
        if len(submissions) > 1:
            for submission in submissions:
                _rebuild_or_isolate([submission], progress)
            return
        log.error("facts_not_rebuilt", submission=str(submissions[0]), error=type(error).__name__)
        progress.failed += 1
    else:
        progress.rebuilt += len(submissions)


@transaction.atomic
def _rebuild(submissions: list[UUID]) -> None:
    """Each submission keeps its place in the order of arrival, so the new facts count what the old ones counted."""
    records = feed.records(submissions)
    if absent := len(submissions) - len(records):
        raise LookupError(f"{absent} submissions are not there")
    identifiers.store(records)  # a builder may read identifiers that an older one did not store
    rows = builder.build(records)
    Facts.objects.bulk_create(rows, ignore_conflicts=True)
