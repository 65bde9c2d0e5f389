"""Who may take which step of a case, under which provision."""

from referral import powers
from referral.cases import guards
from referral.models import Case, CaseChange
from referral.provisions import CONVENTION, LAW
from referral.states import CASE_STATES
from wpis.workflow import Binding, Workflow

CASE = Workflow(
    name="referral.case",
    states=CASE_STATES,
    model=Case,
    history=CaseChange,
    bindings={
        "reach": Binding(
            power=powers.WORK,
            law=f"{CONVENTION}, art. 12(1)(c): in a language understood",
            guard=guards.ready_for_contact,
        ),
        "refer": Binding(
            power=powers.WORK,
            law=f"{LAW}, art. 1 (referral from the moment of detection)",
            guard=guards.own_case,
        ),
        "answer": Binding(
            power=powers.ANSWER,
            law=f"{LAW}, art. 2 (cooperation of bodies)",
            guard=guards.answered_by_all,
        ),
        "hold": Binding(
            power=powers.WORK,
            law=f"{CONVENTION}, art. 13 (time to recover and reflect)",
            guard=guards.own_case,
        ),
        "resume": Binding(power=powers.WORK, law=LAW, guard=guards.own_case),
        "close": Binding(power=powers.WORK, law=LAW, guard=guards.nothing_open),
        "reopen": Binding(power=powers.WORK, law=LAW),
        "take_over": Binding(power=powers.WORK, law=LAW, guard=guards.case_of_another),
    },
)
