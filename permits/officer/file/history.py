"""The history of a file in words: who took which step, when and why."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from permits.audit_actions import ACTIONS
from permits.models import ApplicationChange
from permits.states import HOLDING, TAKE_OVER
from permits.workflow import APPLICATION


@dataclass(frozen=True, slots=True)
class Event:
    """One step, as `components/timeline.html` shows it."""

    title: str
    at: datetime
    by: str
    note: str


def events(steps: list[ApplicationChange]) -> list[Event]:
    """The steps of a file in words, newest first as they come."""
    return [
        Event(_title(change, steps[place + 1 :]), change.at, str(change.by or ""), change.why)
        for place, change in enumerate(steps)
    ]


def _title(change: ApplicationChange, earlier: list[ApplicationChange]) -> str:
    """The step in words; of a take-over, also who had the file before."""
    former = next((step.by for step in earlier if step.step in HOLDING), None)
    if change.step not in TAKE_OVER.values() or former is None:
        return str(ACTIONS.get(f"{APPLICATION.name}.{change.step}", change.step))
    return gettext("Taken over. Former officer: %(officer)s") % {"officer": former}
