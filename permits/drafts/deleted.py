"""Drafts that somebody has deleted: nobody sees them, and for a day they can be brought back."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, QuerySet

from permits.models import Application
from permits.queries import employers_of
from permits.states import State

UNDO = timedelta(days=1)
"""How long a deletion can be undone; `wpis.retention` takes no deleted draft earlier."""


def deleted_drafts_for(user: Any, *, at: datetime) -> QuerySet[Application]:
    """The deleted drafts that this account can bring back now, the last one first, each with `deleted_at`."""
    return (
        Application.objects.filter(
            employer__in=employers_of(user), state=State.DRAFT, activity__deleted_at__gt=at - UNDO
        )
        .select_related("employer", "worker")
        .annotate(deleted_at=F("activity__deleted_at"))
        .order_by("-deleted_at", "pk")
    )
