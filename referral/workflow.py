"""The steps of a case and of a referral: who may take which, under which provision."""

from referral import guards, powers
from referral.states import CaseState, ReferralState
from wpis.workflow import Transition, Workflow

LAW = "Law of 17 December 2014 on victims of trafficking and exploitation"
CONVENTION = "Council of Europe Convention on Action against Trafficking (CETS 197)"


def _of(*states: str) -> frozenset[str]:
    return frozenset(str(state) for state in states)


CASE = Workflow(
    name="referral.case",
    model="referral.Case",
    history="referral.CaseChange",
    initial=CaseState.OPEN,
    transitions={
        "reach": Transition(
            sources=_of(CaseState.OPEN),
            target=CaseState.IN_CONTACT,
            power=powers.WORK,
            law=f"{CONVENTION}, art. 12(1)(c): in a language understood",
            guard=guards.ready_for_contact,
        ),
        "refer": Transition(
            sources=_of(CaseState.OPEN, CaseState.IN_CONTACT, CaseState.ANSWERED),
            target=CaseState.REFERRED,
            power=powers.WORK,
            law=f"{LAW}, art. 1 (referral from the moment of detection)",
            guard=guards.own_case,
        ),
        "answer": Transition(
            sources=_of(CaseState.REFERRED),
            target=CaseState.ANSWERED,
            power=powers.ANSWER,
            law=f"{LAW}, art. 2 (cooperation of bodies)",
            guard=guards.answered_by_all,
        ),
        "hold": Transition(
            sources=_of(CaseState.OPEN, CaseState.IN_CONTACT, CaseState.ANSWERED),
            target=CaseState.ON_HOLD,
            power=powers.WORK,
            law=f"{CONVENTION}, art. 13 (time to recover and reflect)",
            guard=guards.own_case,
        ),
        "resume": Transition(
            sources=_of(CaseState.ON_HOLD),
            target=CaseState.OPEN,
            power=powers.WORK,
            law=LAW,
            guard=guards.own_case,
        ),
        "close": Transition(
            sources=_of(*(state for state in CaseState if state != CaseState.CLOSED)),
            target=CaseState.CLOSED,
            power=powers.WORK,
            law=LAW,
            guard=guards.nothing_open,
        ),
        "reopen": Transition(
            sources=_of(CaseState.CLOSED), target=CaseState.OPEN, power=powers.WORK, law=LAW
        ),
    },
)


REFERRAL = Workflow(
    name="referral.disclosure",
    model="referral.Referral",
    history="referral.ReferralChange",
    initial=ReferralState.SENT,
    transitions={
        "accept": Transition(
            sources=_of(ReferralState.SENT),
            target=ReferralState.ACCEPTED,
            power=powers.RECEIVE,
            law=f"{LAW}, art. 2",
            guard=guards.own_item,
        ),
        "decline": Transition(
            sources=_of(ReferralState.SENT),
            target=ReferralState.DECLINED,
            power=powers.RECEIVE,
            law=f"{LAW}, art. 2",
            guard=guards.own_item,
        ),
        "complete": Transition(
            sources=_of(ReferralState.ACCEPTED),
            target=ReferralState.COMPLETED,
            power=powers.RECEIVE,
            law=f"{LAW}, art. 2",
            guard=guards.own_item,
        ),
        "withdraw": Transition(
            sources=_of(ReferralState.SENT, ReferralState.ACCEPTED),
            target=ReferralState.WITHDRAWN,
            power=powers.WORK,
            law=f"{CONVENTION}, arts. 11 and 12(7)",
            guard=guards.item_of_own_case,
        ),
    },
)
