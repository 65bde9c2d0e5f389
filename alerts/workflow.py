"""Who may take which step of an alert, under which provision: a person decides every one of them."""

from alerts import guards, powers
from alerts.models.alert import Alert, AlertChange
from alerts.states import ALERT_STATES
from wpis.workflow import Binding, Workflow

TRIAGE = "Government Decree N 1534-N of 6 Oct 2022 (identification); a person decides, never a rule"
FOUR_EYES = "Rule of this service: two analysts for a serious dismissal"
REFERRAL = "Law of 17 Dec 2014 on identification and support of victims, first contact"


ALERT = Workflow(
    name="alerts.alert",
    states=ALERT_STATES,
    model=Alert,
    history=AlertChange,
    bindings={
        "take": Binding(power=powers.TRIAGE, law=TRIAGE),
        "take_over": Binding(power=powers.TRIAGE, law=TRIAGE, guard=guards.not_own),
        "release": Binding(power=powers.TRIAGE, law=TRIAGE, guard=guards.own),
        "confirm": Binding(power=powers.TRIAGE, law=TRIAGE, guard=guards.own),
        "dismiss": Binding(power=powers.TRIAGE, law=TRIAGE, guard=guards.own_and_one_person_enough),
        "propose_dismissal": Binding(power=powers.TRIAGE, law=FOUR_EYES, guard=guards.own_and_two_needed),
        "agree": Binding(power=powers.SECOND, law=FOUR_EYES, guard=guards.second_person),
        "return": Binding(power=powers.SECOND, law=FOUR_EYES, guard=guards.second_person),
        "reopen": Binding(power=powers.TRIAGE, law=TRIAGE),
        "hand_over": Binding(power=powers.HAND_OVER, law=REFERRAL),
        "record_outcome": Binding(power=powers.RECORD_OUTCOME, law=REFERRAL),
    },
)
