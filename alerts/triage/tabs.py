"""The tabs of the queue: which alerts stand under each, and what it means when there are none."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from alerts.models import Alert
from alerts.triage import queries
from wpis.accounts.models import User


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """One tab of the queue."""

    label: Any
    rows: Callable[[User], QuerySet[Alert]]
    empty: Any


TABS: dict[str, Tab] = {
    "new": Tab(
        label=_("New"),
        rows=lambda user: queries.waiting(),
        empty=_("No open alerts. New ones appear here by themselves."),
    ),
    "mine": Tab(
        label=_("Mine"),
        rows=queries.mine,
        empty=_(
            "You have no alerts, and no dismissal waits for a second person. Take the next alert to start."
        ),
    ),
    "others": Tab(
        label=_("With others"),
        rows=queries.taken_by_others,
        empty=_("No other analyst works on an alert."),
    ),
    "confirmed": Tab(
        label=_("Confirmed"),
        rows=lambda user: queries.confirmed(),
        empty=_("No alert has been confirmed yet."),
    ),
    "dismissed": Tab(
        label=_("Dismissed"),
        rows=lambda user: queries.dismissed(),
        empty=_("No alert has been dismissed yet."),
    ),
}
