"""The steps that an officer can take on a file, and the reasons why others are unavailable."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from permits.companies import guards as companies
from permits.models import Application
from permits.states import TAKE_OVER, State
from permits.workflow import APPLICATION
from wpis.accounts.models import User
from wpis.formatting.days import day


@dataclass(frozen=True, slots=True)
class Offer:
    """A button of the identity bar: `post` takes the step when pressed, `asks` writes to the employer.

    A `rare` step is never the main button.
    """

    label: str
    url: str
    key: str
    post: bool = False
    asks: bool = False
    rare: bool = False


BUTTONS: tuple[tuple[frozenset[str], str, Promise, str], ...] = (
    (frozenset({"take"}), "take", gettext_lazy("Take this file"), "t"),
    (frozenset(TAKE_OVER.values()), "take_over", gettext_lazy("Take over"), "t"),
    (frozenset({"return", "approve", "refuse"}), "confirm", gettext_lazy("Confirm or send back"), "c"),
    (frozenset({"propose_approval", "propose_refusal"}), "decide", gettext_lazy("Decide"), "d"),
    (frozenset({"ask"}), "ask", gettext_lazy("Ask employer"), "e"),
    (frozenset({"release"}), "release", gettext_lazy("Put back"), "r"),
)
"""Steps of the workflow -> page that takes them, label, key. The first one that fits is the main button."""


def offers(application: Application, user: User) -> list[Offer]:
    """What this officer can do now, main step first. The table of transitions decides, not the page."""
    steps = set(APPLICATION.steps(application, user))
    return [
        Offer(
            str(label),
            reverse(f"officer:{view}", args=[application.reference]),
            key,
            post=view == "take",
            asks=view == "ask",
            rare=view == "take_over",
        )
        for fits, view, label, key in BUTTONS
        if steps & fits
    ]


def held_up(application: Application, user: User, since: datetime | None) -> list[str]:
    """Why the next step is not this officer's, in sentences; empty when it is, or when there is none."""
    waits = [_("The clock stands still until the employer answers.")]
    if application.state in TAKE_OVER:
        elsewhere = _elsewhere(application, user, since)
        return elsewhere + (waits if application.state == State.WAITING else companies.verified(application))
    if application.state in (State.APPROVAL_PROPOSED, State.REFUSAL_PROPOSED):
        return APPLICATION.refusals(application, "return", user)
    return []


def _elsewhere(application: Application, user: User, since: datetime | None) -> list[str]:
    if application.officer is None or application.officer == user:
        return []
    if since is None:
        return [_("%(officer)s has this file.") % {"officer": application.officer}]
    said = {"officer": application.officer, "day": day(since)}
    return [_("%(officer)s has this file. Taken on %(day)s.") % said]
