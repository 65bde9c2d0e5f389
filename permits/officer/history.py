"""The history of a file in words: who took which step, when and why."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from permits.models import Application

STEPS = {
    "submit": _("Submitted"),
    "take": _("Taken for review"),
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


def events(application: Application) -> list[Event]:
    """Every step of the file, newest first."""
    changes = application.changes.select_related("by").order_by("-at", "-id")
    return [
        Event(str(STEPS.get(change.step, change.step)), change.at, str(change.by or ""), change.reason)
        for change in changes
    ]
