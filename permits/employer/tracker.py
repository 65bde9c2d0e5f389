"""The public progress of an application in fixed steps; every kind of wait looks the same."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from permits.case_types.registry import case_type
from permits.models import Application
from permits.states import PUBLIC, PublicState
from wpis.formatting.days import day

KIND = {
    PublicState.DRAFT: "info",
    PublicState.IN_REVIEW: "",
    PublicState.ANSWER_NEEDED: "warn",
    PublicState.APPROVED: "ok",
    PublicState.REFUSED: "",
    PublicState.WITHDRAWN: "",
}
"""Public state -> kind of its tag."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step: "done", "now" or "" for later, with a date or a few words."""

    label: str
    state: str
    note: str = ""


def public_state(application: Application) -> PublicState:
    """The only state an employer sees."""
    return PUBLIC[application.state]


def public_label(application: Application) -> str:
    """The word for that state; an approval is called what its case type calls it."""
    state = public_state(application)
    approved = state == PublicState.APPROVED
    return str(case_type(application.kind).approval.state if approved else state.label)


def steps(application: Application) -> list[Step]:
    """Submitted, in review, decision: always these three."""
    state = public_state(application)
    decided = state in (PublicState.APPROVED, PublicState.REFUSED)
    withdrawn = state == PublicState.WITHDRAWN
    return [
        Step(_("Submitted"), "done", day(application.submitted_at)),
        Step(_("In review"), "done" if decided else "" if withdrawn else "now", _review(application, state)),
        Step(_("Decision"), "done" if decided else "", _decision(application, decided, withdrawn)),
    ]


def _review(application: Application, state: PublicState) -> str:
    return str(state.label) if state in (PublicState.ANSWER_NEEDED, PublicState.WITHDRAWN) else ""


def _decision(application: Application, decided: bool, withdrawn: bool) -> str:
    if decided:
        return day(application.decided_at)
    if withdrawn or application.due_on is None:
        return ""
    return _("By %(day)s") % {"day": day(application.due_on)}
