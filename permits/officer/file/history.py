"""The history of a file in words: who took which step, when and why."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from permits.models import ApplicationChange
from permits.states import HOLDING, TAKE_OVER

STEPS = {
    "submit": _("Submitted"),
    "take": _("Taken for review"),
    "take_over": _("Taken over"),
    "take_over_waiting": _("Taken over"),
    "release": _("Put back into the queue"),
    "ask": _("Question sent to the employer"),
    "answer": _("Employer answered"),
    "withdraw": _("Withdrawn by the employer"),
    "propose_approval": _("Approval proposed"),
    "propose_refusal": _("Refusal proposed"),
    "return": _("Proposal sent back"),
    "approve": _("Approved"),
    "refuse": _("Refused"),
}


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
        Event(_title(change, steps[place + 1 :]), change.at, str(change.by or ""), change.reason)
        for place, change in enumerate(steps)
    ]


def _title(change: ApplicationChange, earlier: list[ApplicationChange]) -> str:
    """The step in words; of a take-over, also who had the file before."""
    former = next((step.by for step in earlier if step.step in HOLDING), None)
    if change.step not in TAKE_OVER.values() or former is None:
        return str(STEPS.get(change.step, change.step))
    return gettext("Taken over. Former officer: %(officer)s") % {"officer": former}
