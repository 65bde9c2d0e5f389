"""Simulates screening and two analysts in a synthetic country.

The analysts know which patterns were planted, as real ones learn more from an interview; screening does not.
"""

from datetime import date, datetime, timedelta
from math import inf
from time import sleep
from typing import TypedDict

from alerts.evidence import Level
from alerts.models import Alert
from alerts.screening.batch import screen_waiting
from alerts.states import Category, State
from alerts.triage import actions
from alerts.triage.queries import proposal_of, waiting
from permits import feed
from wpis.accounts.roles import Role
from wpis.development.simulation.playing.accounts import Account
from wpis.development.simulation.playing.days import Today
from wpis.development.simulation.randomness import Weighted
from wpis.law.calendar import add_working_days, is_working_day

ACCOUNTS = (
    Account(email="analyst@example.am", name="Mariam Manukyan", role=Role.ANALYST),
    Account(email="analyst2@example.am", name="Hayk Harutyunyan", role=Role.ANALYST),
    Account(email="auditor@example.am", name="Vahe Mkrtchyan", role=Role.AUDITOR),
)

CONFIRMED_WHEN_PLANTED, CONFIRMED_OTHERWISE, DISAGREES = 0.88, 0.04, 0.12
"""Analysts are right mostly, not always."""

SOON = timedelta(minutes=20)
PATIENCE = 20
TAKEN_WITHIN = {Level.URGENT: (0, 0), Level.SERIOUS: (0, 3), Level.ATTENTION: (2, 9)}
"""Working days in the queue: least and most."""


WHY_CONFIRMED = (
    "Several findings fit together; somebody should talk to the worker in a safe place.",
    "The employer could not explain the terms by telephone; the worker was never on the line.",
    "Same recruiter and same terms as in an earlier case; a talk with the worker is needed.",
)
WHY_DISMISSED = {
    Category.FALSE_ALARM: (
        "The workers are relatives and share what the form asks; nothing else stands out.",
        "A licensed hostel with enough beds; its owner confirmed the number of guests.",
    ),
    Category.USEFUL: (
        "A mistake in the form about hours and wage; the labour inspectorate has a hint.",
        "The contract is poor but the terms are lawful; a matter for labour law.",
    ),
    Category.NOT_ENOUGH: ("One weak sign and no further data; nothing more can be said now.",),
}
CATEGORIES = Weighted([(Category.FALSE_ALARM, 6), (Category.USEFUL, 3), (Category.NOT_ENOUGH, 1)])
WHY_GIVEN_BACK = "The recruiter has appeared twice this year; please look once more."


class InHand(TypedDict):
    """An alert that an analyst has taken, and the first day of the next step; kept from day to day."""

    alert: str
    on: str


def act(today: Today) -> None:
    """Screen what was filed, minutes after it was; on working days the analysts work their queue."""
    screen(today)
    if is_working_day(today.on):
        _take(today)
        _decide(today)


def _in_hand(today: Today) -> list[InHand]:
    """In the order in which they were taken."""
    found: list[InHand] = today.memory.setdefault("alerts.in_hand", [])
    return found


def screen(today: Today) -> None:
    """Everything that waits, as a worker would have done it; filings of a few minutes go together."""
    moments = [today.at(filing.clock) for filing in today.country.by_day.get(today.on, [])]
    for n, at in enumerate(moments, start=1):
        if n == len(moments) or moments[n] - at > SOON:
            screen_waiting(min(at + timedelta(seconds=3), today.now))
    # Answers to officers are left; and a worker of the running service may hold the lock for a moment.
    for _ in range(PATIENCE if today.is_busy else 0):
        if not feed.unfinished():
            break
        if not screen_waiting(today.moment(23, 59)):
            sleep(0.05)


def _take(today: Today) -> None:
    """Take urgent alerts at once, the others after some days in the queue."""
    due: dict[str, str] = today.memory.setdefault("alerts.due", {})  # day on which somebody takes the alert
    for alert in sorted(waiting(), key=lambda alert: _turn(today, alert)):
        key = str(alert.pk)
        if key not in due:
            due[key] = _in(today, TAKEN_WITHIN[Level(alert.level)])
        if date.fromisoformat(due[key]) <= today.on:
            by = today.chance.choice(today.actors.of(Role.ANALYST))
            actions.take(alert, by=by, at=_at(today, alert, 10))
            _in_hand(today).append(InHand(alert=key, on=_in(today, (0, 3))))


def _turn(today: Today, alert: Alert) -> tuple[float, datetime]:
    """By the order of filing: ids are random, and the same seed must give the same choices."""
    known = today.filed.get(alert.application)
    return (known.filing.number if known else inf, alert.created_at)


def _decide(today: Today) -> None:
    for each in [each for each in _in_hand(today) if date.fromisoformat(each["on"]) <= today.on]:
        alert = Alert.objects.select_related("owner", "proposed_by").get(pk=each["alert"])
        if alert.state == State.TAKEN:
            _judge(today, each, alert)
        elif alert.state == State.DISMISSAL_PROPOSED:
            _second(today, each, alert)


def _judge(today: Today, each: InHand, alert: Alert) -> None:
    """Confirm or dismiss; a serious dismissal waits for a second analyst."""
    owner, chance = alert.owner, today.chance
    assert owner is not None
    known = today.filed.get(alert.application)
    planted = known is not None and known.filing.pattern is not None
    at = _at(today, alert, 12)
    if chance.random() < (CONFIRMED_WHEN_PLANTED if planted else CONFIRMED_OTHERWISE):
        actions.confirm(alert, by=owner, at=at, reason=chance.choice(WHY_CONFIRMED))
        _in_hand(today).remove(each)
        return
    category = CATEGORIES.pick(chance)
    dismissed = actions.dismiss(
        alert, by=owner, at=at, reason=chance.choice(WHY_DISMISSED[category]), category=category
    )
    if dismissed.state == State.DISMISSAL_PROPOSED:
        each["on"] = _in(today, (1, 2))
    else:
        _in_hand(today).remove(each)


def _second(today: Today, each: InHand, alert: Alert) -> None:
    other = next(user for user in today.actors.of(Role.ANALYST) if user != alert.proposed_by)
    at = _at(today, alert, 15)
    proposal = proposal_of(alert.pk)
    assert proposal is not None
    if today.chance.random() < DISAGREES:
        actions.give_back(alert, expected_proposal=proposal.pk, by=other, at=at, reason=WHY_GIVEN_BACK)
        each["on"] = _in(today, (1, 1))
    else:
        actions.agree(alert, expected_proposal=proposal.pk, by=other, at=at)
        _in_hand(today).remove(each)


def _in(today: Today, within: tuple[int, int]) -> str:
    """A day so many working days from now, as it is kept."""
    return add_working_days(today.on, today.chance.randint(*within)).isoformat()


def _at(today: Today, alert: Alert, hour: int) -> datetime:
    """A moment of today at that hour, never before the alert was raised."""
    return min(max(today.moment(hour, today.chance.randint(0, 59)), alert.created_at), today.now)
