"""The transitions of an application: who may take which step, under which provision."""

from datetime import datetime
from typing import Any

from permits import guards, powers
from permits.states import State
from wpis.workflow import Transition, Workflow

LAW = "Law on Foreigners (HO-47-N), "

TAKE_OVER: dict[str, str] = {State.IN_REVIEW: "take_over", State.WAITING: "take_over_waiting"}
"""State in which one officer works on a file -> the step by which a colleague takes it over.

A proposed decision is not among them: it waits for any second person, who confirms it or sends it back.
"""

HOLDING = ("take", *TAKE_OVER.values())
"""Steps after which the file is with whoever took them."""


def _notify(application: Any, notice: str, at: datetime) -> None:
    from permits.letters import queue

    queue(application, notice, at)


def _one(*states: State) -> frozenset[str]:
    return frozenset(str(state) for state in states)


APPLICATION = Workflow(
    name="permits.application",
    model="permits.Application",
    history="permits.ApplicationChange",
    initial=State.DRAFT,
    notify=_notify,
    transitions={
        "submit": Transition(
            sources=_one(State.DRAFT),
            target=State.SUBMITTED,
            power=powers.FILE,
            law=LAW + "art. 22.1 (one window)",
            guard=guards.complete,
            notice="received",
        ),
        "take": Transition(
            sources=_one(State.SUBMITTED), target=State.IN_REVIEW, power=powers.TAKE, law=LAW + "art. 22.1"
        ),
        "take_over": Transition(
            sources=_one(State.IN_REVIEW),
            target=State.IN_REVIEW,
            power=powers.TAKE,
            law=LAW + "art. 22.1",
            guard=guards.not_own_file,
        ),
        "take_over_waiting": Transition(
            sources=_one(State.WAITING),
            target=State.WAITING,
            power=powers.TAKE,
            law=LAW + "art. 22.1",
            guard=guards.not_own_file,
        ),
        "release": Transition(
            sources=_one(State.IN_REVIEW),
            target=State.SUBMITTED,
            power=powers.TAKE,
            law=LAW + "art. 22.1",
            guard=guards.own_file,
        ),
        "ask": Transition(
            sources=_one(State.IN_REVIEW),
            target=State.WAITING,
            power=powers.ASK,
            law=LAW + "art. 22.1 (request for information)",
            guard=guards.own_file,
            notice="question",
        ),
        "answer": Transition(
            sources=_one(State.WAITING),
            target=State.IN_REVIEW,
            power=powers.FILE,
            law=LAW + "art. 22.1",
            guard=guards.complete,
            notice="answered",
        ),
        "withdraw": Transition(
            sources=_one(State.SUBMITTED, State.IN_REVIEW, State.WAITING),
            target=State.WITHDRAWN,
            power=powers.FILE,
            law="Law on Fundamentals of Administrative Action, withdrawal of an application",
            notice="withdrawn",
        ),
        "propose_approval": Transition(
            sources=_one(State.IN_REVIEW),
            target=State.APPROVAL_PROPOSED,
            power=powers.PROPOSE,
            law=LAW + "art. 24",
            guard=guards.own_file_with_checks,
        ),
        "propose_refusal": Transition(
            sources=_one(State.IN_REVIEW),
            target=State.REFUSAL_PROPOSED,
            power=powers.PROPOSE,
            law=LAW + "art. 25",
            guard=guards.own_file,
        ),
        "return": Transition(
            sources=_one(State.APPROVAL_PROPOSED, State.REFUSAL_PROPOSED),
            target=State.IN_REVIEW,
            power=powers.CONFIRM,
            law=LAW + "art. 22.1",
            guard=guards.second_person,
        ),
        "approve": Transition(
            sources=_one(State.APPROVAL_PROPOSED),
            target=State.APPROVED,
            power=powers.CONFIRM,
            law=LAW + "art. 24",
            guard=guards.second_person_with_checks,
            notice="approved",
        ),
        "refuse": Transition(
            sources=_one(State.REFUSAL_PROPOSED),
            target=State.REFUSED,
            power=powers.CONFIRM,
            law=LAW + "art. 25",
            guard=guards.second_person,
            notice="refused",
        ),
    },
)
