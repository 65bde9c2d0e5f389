"""When each background process last worked: it says so itself, in a row, and the metrics tell how long ago that was.

A worker says it by doing a task that says nothing, sent by beat and by the ringer: so broker, queue and database are
tried too. Beat says it through a worker, the ringer by itself. One of several workers of a queue is enough.
"""

from datetime import datetime

from prometheus_client import Gauge

from wpis.grants import PARTS
from wpis.models import SignOfLife

SILENT = Gauge(
    "wpis_silent_seconds",
    "How long ago a background process last worked",
    ["part"],
    multiprocess_mode="mostrecent",
)


def show(part: str, *, at: datetime) -> None:
    """Say that this part of the service works."""
    SignOfLife.objects.bulk_create(
        [SignOfLife(part=part, seen_at=at)],
        update_conflicts=True,
        unique_fields=["part"],
        update_fields=["seen_at"],
    )


def measure(at: datetime) -> None:
    """Set the metrics; a part that never worked is silent for ever."""
    seen = dict(SignOfLife.objects.values_list("part", "seen_at"))
    for part in sorted(part for parts in PARTS.values() for part in parts):
        ago = (at - seen[part]).total_seconds() if part in seen else float("inf")
        SILENT.labels(part).set(max(0.0, ago))
