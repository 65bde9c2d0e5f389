"""The course an application takes through the office: who does what on which day, drawn once per application."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from random import Random

from wpis.development.simulation.country import Filing
from wpis.development.simulation.randomness import Weighted, random_stream
from wpis.law.calendar import add_working_days


class Fate(StrEnum):
    """What becomes of an application if the country lasts long enough."""

    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    DRAFT = "draft"  # started and never filed


class Step(StrEnum):
    """What somebody does with it."""

    TAKE = "take"
    ASK = "ask"
    ANSWER = "answer"
    RELEASE = "release"
    PROPOSE = "propose"
    SEND_BACK = "send_back"
    CONFIRM = "confirm"
    WITHDRAW = "withdraw"


@dataclass(frozen=True, slots=True)
class Planned:
    """A step and the first day on which it can happen."""

    on: date
    step: Step


@dataclass(frozen=True, slots=True)
class Course:
    """A fate and the steps to it, in order."""

    fate: Fate
    steps: tuple[Planned, ...]


FATES = Weighted([(Fate.APPROVED, 84), (Fate.REFUSED, 9), (Fate.WITHDRAWN, 4), (Fate.DRAFT, 3)])
"""Refusals grew in 2024 (permit-process.md 5.1.4); no rate was published, this one is our assumption."""

ASKED, RELEASED, SENT_BACK = 0.14, 0.03, 0.04
"""Shares of files with a question to the employer, handed back by an officer, returned by the second person."""


def course(seed: int, filing: Filing) -> Course:
    """The course of one filing; planted ones are always filed, and meet the same office as all others.

    It is the same before and after the filings are numbered, so that a renewal can know that there is a permit.
    """
    chance = random_stream(seed, "course", filing.worker.passport_number, filing.day)
    fate = FATES.pick(chance)
    if filing.fate:
        fate = Fate(filing.fate)
    if fate is Fate.DRAFT and filing.story:
        fate = Fate.APPROVED
    if fate is Fate.DRAFT:
        return Course(fate, ())
    days = _Days(filing.day, chance)
    if fate is Fate.WITHDRAWN:
        return Course(
            fate, (*(_office(days)[:1] if chance.random() < 0.5 else ()), days.later(Step.WITHDRAW, 2, 9))
        )
    steps = _office(days)
    if chance.random() < SENT_BACK:
        steps += [days.later(Step.SEND_BACK, 1, 2), days.later(Step.PROPOSE, 1, 3)]
    return Course(fate, (*steps, days.later(Step.CONFIRM, 1, 3)))


class _Days:
    """Counts working days forward from the day of filing."""

    def __init__(self, start: date, chance: Random) -> None:
        self.now, self.chance = start, chance

    def later(self, step: Step, least: int, most: int) -> Planned:
        self.now = add_working_days(self.now, self.chance.randint(least, most))
        return Planned(self.now, step)


def _office(days: _Days) -> list[Planned]:
    """From the queue to a proposed decision."""
    steps = [days.later(Step.TAKE, 1, 6)]
    if days.chance.random() < RELEASED:
        steps += [days.later(Step.RELEASE, 1, 3), days.later(Step.TAKE, 1, 3)]
    if days.chance.random() < ASKED:
        steps += [days.later(Step.ASK, 0, 2), days.later(Step.ANSWER, 1, 3)]
    return [*steps, days.later(Step.PROPOSE, 1, 8)]
