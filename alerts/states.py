"""The states of an alert, and the words an analyst chooses from."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from wpis.states import StateMachine, edge


class State(models.TextChoices):
    """Where an alert stands."""

    NEW = "new", _("New")
    TAKEN = "taken", _("Taken")
    DISMISSAL_PROPOSED = "dismissal_proposed", _("Second person needed")
    DISMISSED = "dismissed", _("Dismissed")
    CONFIRMED = "confirmed", _("Confirmed")
    HANDED_OVER = "handed_over", _("Handed over")
    CLOSED = "closed", _("Outcome known")


OPEN = frozenset({State.NEW, State.TAKEN, State.DISMISSAL_PROPOSED})
"""States in which the triage clock runs."""

PASSED_ON = frozenset({State.CONFIRMED, State.HANDED_OVER, State.CLOSED})
"""States in which the downstream app may read the alert."""


class Category(models.TextChoices):
    """Why an alert is dismissed; it tells rule makers what to improve."""

    FALSE_ALARM = "false_alarm", _("False alarm: there is an innocent explanation")
    USEFUL = "useful", _("Useful, but nothing for referral: a matter for labour law or a mistake in the form")
    NOT_ENOUGH = "not_enough", _("Not enough data to say anything")


class Outcome(models.TextChoices):
    """What came of an alert that was handed over."""

    ACCEPTED = "accepted", _("An agency accepted the referral")
    DECLINED = "declined", _("The agency declined the referral")
    PERSON_DECLINED = "person_declined", _("The person did not want help now")
    LABOUR_RIGHTS = "labour_rights", _("A labour-rights matter")
    IDENTIFIED = "identified", _("Formally identified and supported")
    NOT_IDENTIFIED = "not_identified", _("Not formally identified")
    NO_CONCERN = "no_concern", _("No concern after talking to the person")


ALERT_STATES = StateMachine(
    initial=State.NEW,
    edges={
        "take": edge(State.NEW, to=State.TAKEN),
        "take_over": edge(State.TAKEN, to=State.TAKEN),
        "release": edge(State.TAKEN, to=State.NEW),
        "confirm": edge(State.TAKEN, to=State.CONFIRMED),
        "dismiss": edge(State.TAKEN, to=State.DISMISSED),
        "propose_dismissal": edge(State.TAKEN, to=State.DISMISSAL_PROPOSED),
        "agree": edge(State.DISMISSAL_PROPOSED, to=State.DISMISSED),
        "return": edge(State.DISMISSAL_PROPOSED, to=State.TAKEN),
        "reopen": edge(State.DISMISSED, State.CONFIRMED, to=State.TAKEN),
        "hand_over": edge(State.CONFIRMED, to=State.HANDED_OVER),
        "record_outcome": edge(State.HANDED_OVER, State.CLOSED, to=State.CLOSED),
    },
)
"""The steps of an alert; `alerts/workflow.py` binds who may take them."""
