"""The states of a case and of a referral sent out of it, and the small lists of words around them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from wpis.states import StateMachine, edge


class CaseState(models.TextChoices):
    """Where a case stands. There is no state for guilt, and none that depends on helping proceedings."""

    OPEN = "open", _("Open")
    IN_CONTACT = "in_contact", _("In contact")
    REFERRED = "referred", _("Referred, waiting for an answer")
    ANSWERED = "answered", _("Answered")
    ON_HOLD = "on_hold", _("On hold")
    CLOSED = "closed", _("Closed")


OPEN_CASES = frozenset(state for state in CaseState if state != CaseState.CLOSED)
"""States in which somebody must look after the case."""


class ReferralState(models.TextChoices):
    """Where one referral stands."""

    SENT = "sent", _("Sent, no answer yet")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    COMPLETED = "completed", _("Completed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


OPEN_REFERRALS = frozenset({ReferralState.SENT, ReferralState.ACCEPTED})
"""States in which an agency still has something to do; they block closing the case."""


TAKEN_ON = frozenset({ReferralState.ACCEPTED, ReferralState.COMPLETED})
"""States in which an agency has taken the matter on."""


class CaseOutcome(models.TextChoices):
    """What came of a case; the same codes as `alerts.handover.Outcome`."""

    ACCEPTED = "accepted", _("An agency accepted the referral")
    DECLINED = "declined", _("The agencies asked declined")
    PERSON_DECLINED = "person_declined", _("The person did not want help now")
    LABOUR_RIGHTS = "labour_rights", _("A labour-rights matter")
    IDENTIFIED = "identified", _("Formally identified and supported")
    NOT_IDENTIFIED = "not_identified", _("Not formally identified")
    NO_CONCERN = "no_concern", _("No concern after talking to the person")


ENDS_READING = frozenset({CaseOutcome.NO_CONCERN, CaseOutcome.PERSON_DECLINED})
"""Outcomes of a closed case after which no agency has anything left to look after."""


class ClosingDecision(models.TextChoices):
    """What became of a proposal to close a case."""

    CONFIRMED = "confirmed", _("Confirmed by a second person")
    REFUSED = "refused", _("Refused by a second person")
    TAKEN_BACK = "taken_back", _("Taken back")
    LAPSED = "lapsed", _("Ended because the case was taken over")


class MemberKind(models.TextChoices):
    """Why a colleague belongs to the team of a case."""

    NAMED = "named", _("Named by the caseworker")
    FORMER = "former", _("Looked after the case before")


class OutsideReason(models.TextChoices):
    """Why somebody outside the team of a case reads it."""

    COVER = "cover", _("Its caseworker is away and something cannot wait")
    SECOND_PERSON = "second_person", _("To confirm or refuse its closing as the second person")
    CALLED = "called", _("The person or an agency got in touch with me")
    TAKE_OVER = "take_over", _("To take it over or reopen it, as agreed")
    REVIEW = "review", _("To review the work")


class Answer(models.TextChoices):
    """What the person answered; undecided is an answer too."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    NOT_NOW = "not_now", _("Not now")


class HowGiven(models.TextChoices):
    """How the person gave the answer."""

    SPOKEN = "spoken", _("Spoken")
    SIGNED = "signed", _("Signed on paper")
    BY_SIGN = "sign", _("By a sign or gesture")
    AUDIO = "audio", _("Recorded voice")


class Interviewer(models.TextChoices):
    """Whom the person wishes to speak with."""

    WOMAN = "woman", _("A woman")
    MAN = "man", _("A man")
    ANYBODY = "anybody", _("No preference")


class NoteKind(models.TextChoices):
    """What a note records."""

    NOTE = "note", _("Note")
    REACHED = "reached", _("Spoke with the person")
    TRIED = "tried", _("Tried to reach the person")
    REASON = "reason", _("Reason for a step")


class Explained(models.TextChoices):
    """What must be said before anybody agrees (HTCDS con_Consent; IOM data protection principles)."""

    PURPOSE = "purpose", _("What the information will be used for")
    RECEIVER = "receiver", _("Who will see it, and who will not")
    REFUSAL = "refusal", _("Saying no changes nothing about the help on offer")
    WITHDRAWAL = "withdrawal", _("The consent can be taken back at any time, and what cannot be undone")
    STORAGE = "storage", _("How long it is kept")
    OWN_DATA = "own_data", _("The right to see and correct one's own data")
    RESEARCH = "research", _("Figures without names may be published")


EXPLAINED_VERSION = "2026-1"
"""The version of the wording above that is stored with every answer; change both together."""


CASE_STATES = StateMachine(
    initial=CaseState.OPEN,
    edges={
        "reach": edge(CaseState.OPEN, to=CaseState.IN_CONTACT),
        "refer": edge(CaseState.OPEN, CaseState.IN_CONTACT, CaseState.ANSWERED, to=CaseState.REFERRED),
        "answer": edge(CaseState.REFERRED, to=CaseState.ANSWERED),
        "hold": edge(CaseState.OPEN, CaseState.IN_CONTACT, CaseState.ANSWERED, to=CaseState.ON_HOLD),
        "resume": edge(CaseState.ON_HOLD, to=CaseState.OPEN),
        "close": edge(*sorted(OPEN_CASES), to=CaseState.CLOSED),
        "reopen": edge(CaseState.CLOSED, to=CaseState.OPEN),
        "take_over": edge(*sorted(OPEN_CASES), to=None),
    },
)
"""The steps of a case; `referral/cases/workflow.py` binds who may take them."""


REFERRAL_STATES = StateMachine(
    initial=ReferralState.SENT,
    edges={
        "accept": edge(ReferralState.SENT, to=ReferralState.ACCEPTED),
        "decline": edge(ReferralState.SENT, to=ReferralState.DECLINED),
        "complete": edge(ReferralState.ACCEPTED, to=ReferralState.COMPLETED),
        "withdraw": edge(ReferralState.SENT, ReferralState.ACCEPTED, to=ReferralState.WITHDRAWN),
    },
)
"""The steps of a referral; `referral/referrals/workflow.py` binds who may take them."""
