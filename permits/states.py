"""The states of an application, and the fewer words an employer sees."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What is asked for."""

    NEW = "new", _("New work permit")


class State(models.TextChoices):
    """Where a file stands, as the office sees it."""

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
    """The only states an employer or worker ever sees: one word for every kind of wait."""

    DRAFT = "draft", _("Not submitted yet")
    IN_REVIEW = "in_review", _("In review")
    ANSWER_NEEDED = "answer_needed", _("We need an answer from you")
    APPROVED = "approved", _("Permit issued")
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
