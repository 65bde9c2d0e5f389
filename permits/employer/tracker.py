"""The public progress of an application in fixed steps; every kind of wait looks the same."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from permits.case_types.registry import case_type
from permits.models import Application
from permits.states import PUBLIC, PermitState, PublicState, State
from wpis.formatting.days import day

KIND = {
    PublicState.DRAFT: "info",
    PublicState.IN_REVIEW: "",
    PublicState.ANSWER_NEEDED: "warn",
    PublicState.APPROVED: "ok",
    PublicState.REFUSED: "",
    PublicState.WITHDRAWN: "",
}
"""Public state -> kind of its tag; an approval that issued a permit looks like its permit."""

KIND_OF_PERMIT = {
    PermitState.NOT_YET: "warn",
    PermitState.VALID: "ok",
    PermitState.EXPIRED: "bad",
    PermitState.REVOKED: "bad",
}
"""State of a permit -> kind of its tag, the same as on the public check: green is what is valid today."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step: "done", "now", "ended" where the application ended without a permit, or "" for later; with a note."""

    label: str
    state: str
    note: str = ""


def public_state(application: Application) -> PublicState:
    """The only state an employer sees."""
    return PUBLIC[application.state]


def permit_state_of(application: Application, on: date) -> PermitState | None:
    """The state on this day of the permit that was issued; None while there is none, or where none is issued."""
    permit = getattr(application, "permit", None) if application.state == State.APPROVED else None
    return permit.state_on(on) if permit else None


def public_label(application: Application, on: date) -> str:
    """The words for where it stands: those of the permit once it ended or before it begins, else of the case type."""
    state, permit = public_state(application), permit_state_of(application, on)
    if permit is not None and permit != PermitState.VALID:
        return str(permit.label)
    approved = state == PublicState.APPROVED
    return str(case_type(application.kind).approval.state if approved else state.label)


def public_kind(application: Application, on: date) -> str:
    """The kind of the tag that bears those words."""
    permit = permit_state_of(application, on)
    return KIND[public_state(application)] if permit is None else KIND_OF_PERMIT[permit]


def steps(application: Application) -> list[Step]:
    """Submitted, in review, decision: always these three."""
    state = public_state(application)
    review = {PublicState.APPROVED: "done", PublicState.REFUSED: "done", PublicState.WITHDRAWN: "ended"}
    decision = {PublicState.APPROVED: "done", PublicState.REFUSED: "ended"}
    return [
        Step(_("Submitted"), "done", day(application.submitted_at)),
        Step(_("In review"), review.get(state, "now"), _review(state)),
        Step(_("Decision"), decision.get(state, ""), _decision(application, state)),
    ]


def _review(state: PublicState) -> str:
    return str(state.label) if state in (PublicState.ANSWER_NEEDED, PublicState.WITHDRAWN) else ""


def _decision(application: Application, state: PublicState) -> str:
    if state in (PublicState.APPROVED, PublicState.REFUSED):
        return f"{state.label}, {day(application.decided_at)}"
    if state == PublicState.WITHDRAWN or application.due_on is None:
        return ""
    return _("By %(day)s") % {"day": day(application.due_on)}
