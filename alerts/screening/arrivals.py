"""Takes in what was filed: identifiers first, in the order of filing, so that screening can go on in parallel."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef

from alerts.facts import identifiers
from alerts.models import Identifier, ScreeningLock
from alerts.screening.isolation import Failed, isolate
from permits import feed

ARRIVED = Exists(Identifier.objects.filter(submission=OuterRef("key")))
"""Submissions whose identifiers are stored; every submission that can be read has one, its employer."""


@transaction.atomic
def take_in(limit: int, at: datetime, failed: Failed) -> int:
    """Store the identifiers of up to `limit` submissions that have none, committed under one short lock.

    Returns how many were taken in or failed; 0 when there are none, or another worker is at it. A submission that was
    committed late, behind others filed after it, gets the next place, so that it counts them.
    """
    if ScreeningLock.take_if_free(ScreeningLock.Name.ARRIVALS) is None:
        return 0
    keys = feed.claim(limit, at, ~ARRIVED)
    if keys:
        isolate(keys, _store, failed)
    return len(keys)


def _store(keys: list[UUID]) -> None:
    records = feed.records(keys)
    if absent := len(keys) - len(records):
        raise LookupError(f"{absent} submissions are not there")
    identifiers.store(records)
