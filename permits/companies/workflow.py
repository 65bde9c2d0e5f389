"""Who may take which step of a company and of an invitation, under which provision, and which letter follows."""

from permits import powers
from permits.companies import guards, inviting, letters
from permits.models import DelegateInvitation, Employer, EmployerChange, InvitationChange
from permits.states import COMPANY_STATES, INVITATION_STATES
from wpis.workflow import Binding, Workflow

ADMINISTRATIVE = "Law on Fundamentals of Administrative Action, "

COMPANY = Workflow(
    name="permits.employer",
    states=COMPANY_STATES,
    model=Employer,
    history=EmployerChange,
    notify=letters.queue_company,
    bindings={
        "ask": Binding(
            power=powers.VERIFY,
            law=ADMINISTRATIVE + "clarification of the facts",
            notice="company_asked",
        ),
        "answer": Binding(
            power=powers.FILE,
            law=ADMINISTRATIVE + "right to be heard",
            guard=guards.not_too_often,
        ),
        "verify": Binding(
            power=powers.VERIFY,
            law=ADMINISTRATIVE + "representation",
            guard=guards.only_one,
            notice="company_verified",
        ),
        "refuse": Binding(
            power=powers.VERIFY, law=ADMINISTRATIVE + "representation", notice="company_refused"
        ),
        "reconsider": Binding(power=powers.RECONSIDER, law=ADMINISTRATIVE + "review of an own act"),
        "correct": Binding(
            power=powers.REGISTER_EMPLOYER,
            law=ADMINISTRATIVE + "right to be heard",
            condition=guards.not_changed_too_often,
        ),
        "update": Binding(
            power=powers.REGISTER_EMPLOYER,
            law=ADMINISTRATIVE + "right to be heard",
            condition=guards.not_changed_too_often,
        ),
        "rename": Binding(
            power=powers.REGISTER_EMPLOYER,
            law=ADMINISTRATIVE + "representation",
            condition=guards.not_renamed_too_often,
        ),
    },
)
"""A company that an account has claimed, until an officer has verified it, and afterwards."""

INVITATION = Workflow(
    name="permits.delegate",
    states=INVITATION_STATES,
    model=DelegateInvitation,
    history=InvitationChange,
    bindings={
        "accept": Binding(
            power=powers.FILE, law=ADMINISTRATIVE + "representation", guard=inviting.to_own_address
        ),
        "decline": Binding(
            power=powers.FILE, law=ADMINISTRATIVE + "representation", guard=inviting.to_own_address
        ),
        "withdraw": Binding(power=powers.NAME_DELEGATES, law=ADMINISTRATIVE + "representation"),
        "resend": Binding(
            power=powers.NAME_DELEGATES,
            law=ADMINISTRATIVE + "representation",
            guard=inviting.not_sent_too_often,
        ),
        "end": Binding(power=powers.NAME_DELEGATES, law=ADMINISTRATIVE + "representation"),
    },
)
"""An invitation to file for a company. Who leads which company is asked by the actions."""
