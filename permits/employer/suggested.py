"""Suggests answers for a part that is still empty, out of what the same company filed last, to be confirmed."""

from dataclasses import dataclass, field
from typing import Any

from permits.employer.pages import record_of
from permits.models import Application
from permits.parts.catalogue import ASKED
from permits.queries import applications_for
from permits.states import State
from wpis.accounts.models import User

REPEATED: dict[str, tuple[str, ...]] = {
    "terms": (
        *("occupation", "job_title", "province", "workplace"),
        *("weekly_hours", "days_per_week", "gross_wage"),
    ),
}
"""Part -> answers that are often the same for the next worker. Never dates, what is deducted, what the contract states,
or what the employer confirms of the worker: those are said anew each time."""


@dataclass(frozen=True, slots=True)
class Suggestions:
    """Answers to begin with, and the application that they stand in; none of them is saved."""

    source: Application | None = None
    answers: dict[str, Any] = field(default_factory=dict)


def suggestions(application: Application, part: str, *, by: User) -> Suggestions:
    """What to begin an empty part of a draft with; the newest application counts, however it ended."""
    if part not in REPEATED or application.state != State.DRAFT or _begun(application, part):
        return Suggestions()
    filed = applications_for(by).filter(employer=application.employer_id, submitted_at__isnull=False)
    source = filed.order_by("-submitted_at", "pk").first()
    if source is None:
        return Suggestions()
    record = record_of(source, part)
    return Suggestions(source, {name: getattr(record, name) for name in REPEATED[part]})


def _begun(application: Application, part: str) -> bool:
    record = record_of(application, part)
    return any(getattr(record, name) not in (None, "", []) for name in ASKED[part].columns)
