"""The states of an application, and the fewer that an employer sees; of a permit, a company and an invitation."""

from datetime import date, datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from wpis.states import StateMachine, edge


class State(models.TextChoices):
    """The state of a file as the office sees it."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("To review")
    IN_REVIEW = "in_review", _("In review")
    WAITING = "waiting", _("Waiting for employer")
    APPROVAL_PROPOSED = "approval_proposed", _("Approval proposed")
    REFUSAL_PROPOSED = "refusal_proposed", _("Refusal proposed")
    APPROVED = "approved", _("Approved")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


OPEN = frozenset(
    {State.SUBMITTED, State.IN_REVIEW, State.WAITING, State.APPROVAL_PROPOSED, State.REFUSAL_PROPOSED}
)
"""States in which the office's clock matters."""


class PublicState(models.TextChoices):
    """The only states an employer or worker ever sees: one word for every kind of wait.

    What an approval is called on one application is for its case type to say (`tracker.public_label`).
    """

    DRAFT = "draft", _("Not submitted yet")
    IN_REVIEW = "in_review", _("In review")
    ANSWER_NEEDED = "answer_needed", _("We need an answer from you")
    APPROVED = "approved", _("Approved")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


PUBLIC: dict[str, PublicState] = {
    State.DRAFT: PublicState.DRAFT,
    State.SUBMITTED: PublicState.IN_REVIEW,
    State.IN_REVIEW: PublicState.IN_REVIEW,
    State.WAITING: PublicState.ANSWER_NEEDED,
    State.APPROVAL_PROPOSED: PublicState.IN_REVIEW,
    State.REFUSAL_PROPOSED: PublicState.IN_REVIEW,
    State.APPROVED: PublicState.APPROVED,
    State.REFUSED: PublicState.REFUSED,
    State.WITHDRAWN: PublicState.WITHDRAWN,
}


class PermitState(models.TextChoices):
    """What an issued permit is worth on a day: it follows from its term and its revocation, and is not stored."""

    NOT_YET = "not_yet", _("Permit not valid yet")
    VALID = "valid", _("Permit issued")
    EXPIRED = "expired", _("Permit expired")
    REVOKED = "revoked", _("Permit revoked")


def permit_state(first: date, last: date, revoked_at: datetime | None, *, on: date) -> PermitState:
    """The state on this day of a permit that is valid from `first` to `last`, both included."""
    if revoked_at is not None:
        return PermitState.REVOKED
    if on < first:
        return PermitState.NOT_YET
    return PermitState.VALID if on <= last else PermitState.EXPIRED


_PORTAL, _OFFICE = "portal", "office"

APPLICATION_STATES = StateMachine(
    initial=State.DRAFT,
    edges={
        "submit": edge(
            State.DRAFT,
            to=State.SUBMITTED,
            surface=_PORTAL,
            sets=("reference", "submitted_at", "regime", "due_on"),
        ),
        "take": edge(State.SUBMITTED, to=State.IN_REVIEW, surface=_OFFICE, sets=("officer_id",)),
        "take_over": edge(State.IN_REVIEW, to=State.IN_REVIEW, surface=_OFFICE, sets=("officer_id",)),
        "take_over_waiting": edge(State.WAITING, to=State.WAITING, surface=_OFFICE, sets=("officer_id",)),
        "release": edge(State.IN_REVIEW, to=State.SUBMITTED, surface=_OFFICE, sets=("officer_id",)),
        "ask": edge(State.IN_REVIEW, to=State.WAITING, surface=_OFFICE, sets=("paused_on",)),
        "answer": edge(State.WAITING, to=State.IN_REVIEW, surface=_PORTAL, sets=("paused_on", "due_on")),
        "withdraw": edge(
            State.SUBMITTED,
            State.IN_REVIEW,
            State.WAITING,
            to=State.WITHDRAWN,
            surface=_PORTAL,
            sets=("paused_on", "decided_at"),
        ),
        "propose_approval": edge(State.IN_REVIEW, to=State.APPROVAL_PROPOSED, surface=_OFFICE),
        "propose_refusal": edge(State.IN_REVIEW, to=State.REFUSAL_PROPOSED, surface=_OFFICE),
        "return": edge(State.APPROVAL_PROPOSED, State.REFUSAL_PROPOSED, to=State.IN_REVIEW, surface=_OFFICE),
        "approve": edge(State.APPROVAL_PROPOSED, to=State.APPROVED, surface=_OFFICE, sets=("decided_at",)),
        "refuse": edge(State.REFUSAL_PROPOSED, to=State.REFUSED, surface=_OFFICE, sets=("decided_at",)),
    },
)
"""The steps of an application; `permits/workflow.py` binds who may take them, on the surface named here."""

TAKE_OVER: dict[str, str] = {State.IN_REVIEW: "take_over", State.WAITING: "take_over_waiting"}
"""State in which one officer works on a file -> the step by which a colleague takes it over.

A proposed decision is not among them: it waits for any second person, who confirms it or sends it back.
"""

HOLDING = ("take", *TAKE_OVER.values())
"""Steps after which the file is with whoever took them."""


class CompanyState(models.TextChoices):
    """Whether an officer has verified that the account may act for the company; filing waits for none of it."""

    CLAIMED = "claimed", _("To verify")
    WAITING = "waiting", _("Waiting for employer")
    VERIFIED = "verified", _("Verified")
    REFUSED = "refused", _("Not verified")


UNSETTLED = (CompanyState.CLAIMED, CompanyState.WAITING)
"""States in which no file of the company is decided yet."""

CONTACT = ("province", "address", "nace", "phone", "email")
"""The columns of a company that its account changes at any time."""

REGISTERED = ("name_hy", "name_en", "registered_on")
"""Those by which an officer has known it: once one changes, the company is verified again. Its tax number stays."""

COMPANY_STATES = StateMachine(
    initial=CompanyState.CLAIMED,
    given=(*CONTACT, *REGISTERED, "search_text"),
    edges={
        "ask": edge(CompanyState.CLAIMED, to=CompanyState.WAITING, surface=_OFFICE),
        "answer": edge(CompanyState.WAITING, CompanyState.REFUSED, to=CompanyState.CLAIMED, surface=_PORTAL),
        "verify": edge(*UNSETTLED, to=CompanyState.VERIFIED, surface=_OFFICE),
        "refuse": edge(*UNSETTLED, to=CompanyState.REFUSED, surface=_OFFICE),
        "reconsider": edge(
            CompanyState.VERIFIED, CompanyState.REFUSED, to=CompanyState.CLAIMED, surface=_OFFICE
        ),
        "correct": edge(
            CompanyState.CLAIMED,
            CompanyState.WAITING,
            CompanyState.REFUSED,
            to=None,
            surface=_PORTAL,
            sets=(*CONTACT, *REGISTERED, "search_text"),
        ),
        "update": edge(CompanyState.VERIFIED, to=None, surface=_PORTAL, sets=CONTACT),
        "rename": edge(
            CompanyState.VERIFIED,
            to=CompanyState.CLAIMED,
            surface=_PORTAL,
            sets=(*CONTACT, *REGISTERED, "search_text"),
        ),
    },
)
"""The steps of a company; `permits/companies/workflow.py` binds who may take them."""

CARRIED_OVER = "carry_over"
"""The step that stands in the history of companies that were registered before any was verified."""


class InvitationState(models.TextChoices):
    """Where an invitation to file for a company stands. One whose last day is over is no longer open."""

    INVITED = "invited", _("Invited")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Ended")
    WITHDRAWN = "withdrawn", _("Ended")
    ENDED = "ended", _("Ended")


INVITATION_STATES = StateMachine(
    initial=InvitationState.INVITED,
    edges={
        "accept": edge(
            InvitationState.INVITED,
            to=InvitationState.ACCEPTED,
            surface=_PORTAL,
            sets=("accepted_by_id", "settled_at"),
        ),
        "decline": edge(
            InvitationState.INVITED, to=InvitationState.DECLINED, surface=_PORTAL, sets=("settled_at",)
        ),
        "withdraw": edge(
            InvitationState.INVITED, to=InvitationState.WITHDRAWN, surface=_PORTAL, sets=("settled_at",)
        ),
        "resend": edge(InvitationState.INVITED, to=InvitationState.INVITED, surface=_PORTAL),
        "end": edge(
            InvitationState.ACCEPTED, to=InvitationState.ENDED, surface=_PORTAL, sets=("settled_at",)
        ),
    },
)
"""The steps of an invitation, all of them on the portal."""
