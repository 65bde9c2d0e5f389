"""The states of an application, and the fewer states that an employer sees."""

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


APPLICATION_STATES = StateMachine(
    initial=State.DRAFT,
    edges={
        "submit": edge(State.DRAFT, to=State.SUBMITTED),
        "take": edge(State.SUBMITTED, to=State.IN_REVIEW),
        "take_over": edge(State.IN_REVIEW, to=State.IN_REVIEW),
        "take_over_waiting": edge(State.WAITING, to=State.WAITING),
        "release": edge(State.IN_REVIEW, to=State.SUBMITTED),
        "ask": edge(State.IN_REVIEW, to=State.WAITING),
        "answer": edge(State.WAITING, to=State.IN_REVIEW),
        "withdraw": edge(State.SUBMITTED, State.IN_REVIEW, State.WAITING, to=State.WITHDRAWN),
        "propose_approval": edge(State.IN_REVIEW, to=State.APPROVAL_PROPOSED),
        "propose_refusal": edge(State.IN_REVIEW, to=State.REFUSAL_PROPOSED),
        "return": edge(State.APPROVAL_PROPOSED, State.REFUSAL_PROPOSED, to=State.IN_REVIEW),
        "approve": edge(State.APPROVAL_PROPOSED, to=State.APPROVED),
        "refuse": edge(State.REFUSAL_PROPOSED, to=State.REFUSED),
    },
)
"""The steps of an application; `permits/workflow.py` binds who may take them."""

TAKE_OVER: dict[str, str] = {State.IN_REVIEW: "take_over", State.WAITING: "take_over_waiting"}
"""State in which one officer works on a file -> the step by which a colleague takes it over.

A proposed decision is not among them: it waits for any second person, who confirms it or sends it back.
"""

HOLDING = ("take", *TAKE_OVER.values())
"""Steps after which the file is with whoever took them."""
