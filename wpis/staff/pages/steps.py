"""The steps on one account that ask for a reason and nothing else: their words and their actions."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wpis.accounts.models import User
from wpis.accounts.staff import Reason
from wpis.staff import actions, requests

Act = Callable[..., object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step: what it is called, what happens, why it is taken, and what does it."""

    title: Promise
    effects: tuple[Promise, ...]
    reasons: list[Reason]
    act: Act
    done: Promise
    dangerous: bool = False

    def take(self, account: User, reason: str, *, by: User, at: datetime) -> str:
        """Do it; the enrolment code when the step makes one, else ""."""
        result = self.act(account, reason=reason, by=by, at=at)
        return result if isinstance(result, str) else ""


STEPS: dict[str, Step] = {
    "close": Step(
        title=_("Close the account"),
        effects=(
            _("The person is signed out with the next click and cannot sign in any more."),
            _("Tokens for programs stop working. What the person has done stays as it is."),
        ),
        reasons=[Reason.LEAVES, Reason.AWAY, Reason.MISUSE, Reason.MISTAKE],
        act=actions.close,
        done=_("The account is closed."),
        dangerous=True,
    ),
    "end-sessions": Step(
        title=_("End all sessions"),
        effects=(
            _("The person is signed out everywhere with the next click, and can sign in again at once."),
        ),
        reasons=[Reason.LOST_DEVICE, Reason.MISUSE],
        act=actions.end_sessions,
        done=_("All sessions have ended."),
    ),
    "code": Step(
        title=_("Make a new enrolment code"),
        effects=(
            _("The code of before stops working. The new one is shown to you once."),
            _("If the person has no password yet, the letter with the link is sent again."),
        ),
        reasons=[Reason.LOST_CODE, Reason.STARTS],
        act=actions.repeat_invitation,
        done=_("A new code was made."),
    ),
    "reset": Step(
        title=_("Remove the second step of sign-in"),
        effects=(
            _("A second person has to confirm it before anything happens."),
            _(
                "Then the phone app, the keys and the recovery codes of the person stop working, and all sessions end."
            ),
            _("The person gets a new enrolment code from the one who confirms."),
        ),
        reasons=[Reason.LOST_DEVICE, Reason.MISUSE],
        act=requests.ask_reset,
        done=_("A second person has to confirm it now."),
        dangerous=True,
    ),
    "reopen": Step(
        title=_("Open the account again"),
        effects=(_("The person signs in as before, without a last day."),),
        reasons=[Reason.RETURNS, Reason.MISTAKE],
        act=requests.reopen,
        done=_("The account is open, or waits for a second person to confirm it."),
    ),
}
"""Name in the address -> step."""


def steps_for(account: User, *, is_open: bool, has_factor: bool) -> list[tuple[str, Step]]:
    """The steps that make sense for an account as it is."""
    open_steps = ["reset" if has_factor else "code", "end-sessions", "close"]
    return [(name, STEPS[name]) for name in (open_steps if is_open else ["reopen"])]
