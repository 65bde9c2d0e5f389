"""Screened submissions and alerts for tests: real records go through the real screening."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from unittest.mock import patch
from uuid import UUID

from alerts.facts import identifiers
from alerts.models import Alert, Screening
from alerts.rules import rulesets
from alerts.screening import batch
from alerts.triage.queries import proposal_of
from permits import feed
from permits.feed import SubmissionRecord
from tests.factories.records import AT, a_record

LATER = AT + timedelta(seconds=5)

DEBT: dict[str, Any] = {"recruitment": {"worker_fee": 650_000}}
"""Raises a serious alert by itself (A06)."""

CHILD: dict[str, Any] = {"worker": {"birth_date": date(2010, 3, 27), "mrz_birth_date": None}}
"""Raises an urgent alert by itself (A14)."""

BLIND: dict[str, Any] = {"terms": {"contract_states": ("hours",), "contract_explained": False}}
"""Raises an alert of the lowest level (A03 with A07)."""


def screen(records: Iterable[SubmissionRecord], at: datetime = LATER) -> list[Screening]:
    """Put records to the live ruleset as if they came through the door, without rows behind them."""
    by_id = {record.submission: record for record in records}

    def found(keys: Iterable[Any]) -> list[SubmissionRecord]:
        chosen = [by_id[key] for key in keys]
        return sorted(chosen, key=lambda record: (record.submitted_at, record.submission))

    identifiers.store(list(by_id.values()))
    with patch.object(feed, "records", found):
        batch.screen(by_id, rulesets.current(), at)
    return list(Screening.objects.filter(submission__in=by_id))


def an_alert(at: datetime = LATER, **changes: Any) -> Alert:
    """An alert on a fresh record; `changes` as in a_record, by default a fee that ties the worker."""
    (screened,) = screen([a_record(**(changes or DEBT))], at)
    return Alert.objects.get(screening=screened)


def proposed(alert: Alert) -> UUID:
    """The id of the newest proposal to dismiss this alert."""
    proposal = proposal_of(alert.pk)
    assert proposal is not None
    return proposal.pk
