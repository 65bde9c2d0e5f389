"""The steps of a case and of a referral: who may take which, under which provision."""

from referral import guards, powers
from referral.models.case import Case, CaseChange
from referral.models.referral import Referral, ReferralChange
from referral.states import CASE_STATES, REFERRAL_STATES
from wpis.workflow import Binding, Workflow

LAW = "Law of 17 December 2014 on victims of trafficking and exploitation"
CONVENTION = "Council of Europe Convention on Action against Trafficking (CETS 197)"


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
    },
)


REFERRAL = Workflow(
    name="referral.disclosure",
    states=REFERRAL_STATES,
    model=Referral,
    history=ReferralChange,
    bindings={
        "accept": Binding(power=powers.RECEIVE, law=f"{LAW}, art. 2", guard=guards.own_item),
        "decline": Binding(power=powers.RECEIVE, law=f"{LAW}, art. 2", guard=guards.own_item),
        "complete": Binding(power=powers.RECEIVE, law=f"{LAW}, art. 2", guard=guards.own_item),
        "withdraw": Binding(
            power=powers.WORK,
            law=f"{CONVENTION}, arts. 11 and 12(7)",
            guard=guards.item_of_own_case,
        ),
    },
)
