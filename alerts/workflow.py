"""The transitions of an alert: a person decides every one of them."""

from alerts import guards, powers
from alerts.states import State
from wpis.workflow import Transition, Workflow

TRIAGE = "Government Decree N 1534-N of 6 Oct 2022 (identification); a person decides, never a rule"
FOUR_EYES = "Rule of this service: two analysts for a serious dismissal"
REFERRAL = "Law of 17 Dec 2014 on identification and support of victims, first contact"


def _one(*states: State) -> frozenset[str]:
    return frozenset(str(state) for state in states)


ALERT = Workflow(
    name="alerts.alert",
    model="alerts.Alert",
    history="alerts.AlertChange",
    initial=State.NEW,
    transitions={
        "take": Transition(sources=_one(State.NEW), target=State.TAKEN, power=powers.TRIAGE, law=TRIAGE),
        "take_over": Transition(
            sources=_one(State.TAKEN),
            target=State.TAKEN,
            power=powers.TRIAGE,
            law=TRIAGE,
            guard=guards.not_own,
        ),
        "release": Transition(
            sources=_one(State.TAKEN), target=State.NEW, power=powers.TRIAGE, law=TRIAGE, guard=guards.own
        ),
        "confirm": Transition(
            sources=_one(State.TAKEN),
            target=State.CONFIRMED,
            power=powers.TRIAGE,
            law=TRIAGE,
            guard=guards.own,
        ),
        "dismiss": Transition(
            sources=_one(State.TAKEN),
            target=State.DISMISSED,
            power=powers.TRIAGE,
            law=TRIAGE,
            guard=guards.own_and_one_person_enough,
        ),
        "propose_dismissal": Transition(
            sources=_one(State.TAKEN),
            target=State.DISMISSAL_PROPOSED,
            power=powers.TRIAGE,
            law=FOUR_EYES,
            guard=guards.own_and_two_needed,
        ),
        "agree": Transition(
            sources=_one(State.DISMISSAL_PROPOSED),
            target=State.DISMISSED,
            power=powers.SECOND,
            law=FOUR_EYES,
            guard=guards.second_person,
        ),
        "return": Transition(
            sources=_one(State.DISMISSAL_PROPOSED),
            target=State.TAKEN,
            power=powers.SECOND,
            law=FOUR_EYES,
            guard=guards.second_person,
        ),
        "reopen": Transition(
            sources=_one(State.DISMISSED, State.CONFIRMED),
            target=State.TAKEN,
            power=powers.TRIAGE,
            law=TRIAGE,
        ),
        "hand_over": Transition(
            sources=_one(State.CONFIRMED), target=State.HANDED_OVER, power=powers.HAND_OVER, law=REFERRAL
        ),
        "record_outcome": Transition(
            sources=_one(State.HANDED_OVER, State.CLOSED),
            target=State.CLOSED,
            power=powers.RECORD_OUTCOME,
            law=REFERRAL,
        ),
    },
)
