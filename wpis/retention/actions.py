"""Deletes what is older than its period, by a function of the database: no surface may delete these rows itself."""

from datetime import datetime, timedelta

import structlog
from django.db import connection, transaction
from django.utils import timezone

from wpis.audit import trail
from wpis.retention.periods import kept_on

_DELETE = "SELECT wpis_delete_expired(%s, %s)"


def delete_expired(*, at: datetime) -> dict[str, int]:
    """Delete each kind in a transaction of its own; how many rows went. Kinds of which none went are left out."""
    gone: dict[str, int] = {}
    for kept in kept_on(timezone.localdate(at, timezone.get_default_timezone())):
        before = at - timedelta(days=kept.days)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_DELETE, [kept.kind, before])
            (rows,) = cursor.fetchone()
            if rows:
                gone[kept.kind] = rows
                trail.record(
                    "retention.rows.delete", by=None, kind=kept.kind, rows=rows, before=before.isoformat()
                )
    structlog.get_logger(__name__).info("retention", **gone)
    return gone
