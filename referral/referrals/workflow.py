"""Who may take which step of a referral, under which provision."""

from referral import powers
from referral.models import Referral, ReferralChange
from referral.provisions import CONVENTION, LAW
from referral.referrals import guards
from referral.states import REFERRAL_STATES
from wpis.workflow import Binding, Workflow

REFERRAL = Workflow(
    name="referral.disclosure",  # part of the audit actions, which are never renamed
    states=REFERRAL_STATES,
    model=Referral,
    history=ReferralChange,
    bindings={
        "accept": Binding(power=powers.RECEIVE, law=f"{LAW}, art. 2", guard=guards.sent_to_own_agency),
        "decline": Binding(power=powers.RECEIVE, law=f"{LAW}, art. 2", guard=guards.sent_to_own_agency),
        "complete": Binding(power=powers.RECEIVE, law=f"{LAW}, art. 2", guard=guards.sent_to_own_agency),
        "withdraw": Binding(
            power=powers.WORK,
            law=f"{CONVENTION}, arts. 11 and 12(7)",
            guard=guards.sent_from_own_case,
        ),
    },
)
