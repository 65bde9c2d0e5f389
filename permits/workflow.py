"""Who may take which step of an application, under which provision, and which letter tells the employer."""

from permits import guards, letters, ownership, powers
from permits.models.application import Application, ApplicationChange
from permits.states import APPLICATION_STATES
from wpis.workflow import Binding, Workflow

LAW = "Law on Foreigners (HO-47-N), "

APPLICATION = Workflow(
    name="permits.application",
    states=APPLICATION_STATES,
    model=Application,
    history=ApplicationChange,
    notify=letters.queue,
    bindings={
        "submit": Binding(
            power=powers.FILE,
            law=LAW + "art. 22.1 (one window)",
            condition=guards.complete,
            notice="received",
        ),
        "take": Binding(power=powers.TAKE, law=LAW + "art. 22.1"),
        "take_over": Binding(power=powers.TAKE, law=LAW + "art. 22.1", guard=ownership.not_own_file),
        "take_over_waiting": Binding(power=powers.TAKE, law=LAW + "art. 22.1", guard=ownership.not_own_file),
        "release": Binding(power=powers.TAKE, law=LAW + "art. 22.1", guard=ownership.own_file),
        "ask": Binding(
            power=powers.ASK,
            law=LAW + "art. 22.1 (request for information)",
            guard=ownership.own_file,
            notice="question",
        ),
        "answer": Binding(
            power=powers.FILE, law=LAW + "art. 22.1", condition=guards.complete, notice="answered"
        ),
        "withdraw": Binding(
            power=powers.FILE,
            law="Law on Fundamentals of Administrative Action, withdrawal of an application",
            notice="withdrawn",
        ),
        "propose_approval": Binding(
            power=powers.PROPOSE,
            law=LAW + "art. 24",
            guard=guards.own_file_with_checks,
            condition=guards.permit_possible,
        ),
        "propose_refusal": Binding(power=powers.PROPOSE, law=LAW + "art. 25", guard=guards.own_file_apart),
        "return": Binding(power=powers.CONFIRM, law=LAW + "art. 22.1", guard=guards.second_person),
        "approve": Binding(
            power=powers.CONFIRM,
            law=LAW + "art. 24",
            guard=guards.second_person_with_checks,
            condition=guards.permit_possible,
            notice="approved",
        ),
        "refuse": Binding(
            power=powers.CONFIRM, law=LAW + "art. 25", guard=guards.second_person_apart, notice="refused"
        ),
    },
)
