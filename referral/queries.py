"""What the desks read: lists with a total order and a fixed number of queries, and one case's story."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from alerts import handover
from referral.agencies.directory import agency as body
from referral.disclosure.presenters import say
from referral.models import Case, Consent, Note, Referral
from referral.states import OPEN_CASES, OPEN_REFERRALS, ReferralState
from referral.workflow import CASE
from wpis.accounts.models import User


class Waiting:
    """The confirmed alerts without a case, as a list that a paginator can cut."""

    def __len__(self) -> int:
        return handover.count_confirmed()

    def __getitem__(self, part: slice) -> list[handover.Confirmed]:
        start = part.start or 0
        return handover.confirmed(limit=part.stop - start, offset=start)


def _listed(cases: QuerySet[Case], at: datetime) -> QuerySet[Case]:
    """Rows for a list: without the encrypted person, with counts of open and overdue referrals."""
    late = Q(referrals__state=ReferralState.SENT, referrals__answer_due_at__lte=at)
    return (
        cases.select_related("caseworker")
        .defer("person", "contact_how", "contact_when", "contact_say")
        .annotate(
            open_items=Count("referrals", filter=Q(referrals__state__in=OPEN_REFERRALS)),
            late_items=Count("referrals", filter=late),
        )
        .order_by("pre_identification_due", "id")
    )


def open_cases(at: datetime) -> QuerySet[Case]:
    """Every case that somebody looks after, the most pressing clock first."""
    return _listed(Case.objects.filter(state__in=OPEN_CASES), at)


def cases_of(user: User, at: datetime) -> QuerySet[Case]:
    """The open cases of one caseworker."""
    return open_cases(at).filter(caseworker=user)


def closed_cases(at: datetime) -> QuerySet[Case]:
    """Closed cases, which may be reopened with a reason."""
    return _listed(Case.objects.exclude(state__in=OPEN_CASES), at)


def overdue_items(at: datetime) -> QuerySet[Referral]:
    """Referrals whose body let its time pass, whatever the workers did about it."""
    return (
        Referral.objects.filter(state=ReferralState.SENT, answer_due_at__lte=at)
        .select_related("case", "case__caseworker")
        .defer("packet", "case__person")
        .order_by("answer_due_at", "id")
    )


def items_for(user: User) -> QuerySet[Referral]:
    """Every item that was sent to the organisation of a partner; nothing without an organisation."""
    if not user.organisation:
        return Referral.objects.none()
    return Referral.objects.filter(agency=user.organisation).order_by("answer_due_at", "id")


def partner_list(user: User, at: datetime) -> QuerySet[Referral]:
    """The items that a partner may still open, without their content."""
    return (
        items_for(user)
        .filter(access_until__gt=at)
        .defer("packet", "reason", "decline_reason", "outcome_note")
    )


def newest_consents(case: Case) -> list[Consent]:
    """The newest answer for each body and purpose."""
    newer = Consent.objects.filter(
        case=OuterRef("case"), agency=OuterRef("agency"), purpose=OuterRef("purpose")
    ).filter(
        Q(recorded_at__gt=OuterRef("recorded_at"))
        | Q(recorded_at=OuterRef("recorded_at"), id__lt=OuterRef("id"))
    )
    return list(
        case.consents.filter(~Exists(newer)).select_related("recorded_by").order_by("agency", "purpose", "id")
    )


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a case's history, in the shape of the timeline component."""

    title: str
    at: datetime
    by: str
    note: str = ""


def history(case: Case) -> list[Event]:
    """Steps, answers and referrals of a case, newest first."""
    events = [Event(_("Case opened"), case.opened_at, "")]
    events += [
        Event(step_title(change.step), change.at, _name(change.by))
        for change in case.changes.select_related("by")
    ]
    for consent in case.consents.select_related("recorded_by", "withdrawn_by"):
        events.append(
            Event(
                _("Answer recorded: %(answer)s") % {"answer": consent.get_answer_display()},
                consent.recorded_at,
                _name(consent.recorded_by),
                agency_name(consent.agency),
            )
        )
        if consent.withdrawn_at:
            events.append(
                Event(
                    _("Agreement ended"),
                    consent.withdrawn_at,
                    _name(consent.withdrawn_by),
                    agency_name(consent.agency),
                )
            )
    for item in case.referrals.select_related("sent_by", "answered_by", "outcome_by").defer("packet"):
        name = agency_name(item.agency)
        events.append(Event(_("Referral sent"), item.sent_at, _name(item.sent_by), name))
        if item.answered_at:
            title = _("Referral declined") if item.state == ReferralState.DECLINED else _("Referral accepted")
            events.append(Event(title, item.answered_at, _name(item.answered_by), name))
        if item.escalated_at:
            events.append(Event(_("No answer in time"), item.escalated_at, "", name))
        if item.outcome_at:
            events.append(Event(_("Outcome recorded"), item.outcome_at, _name(item.outcome_by), name))
    return sorted(events, key=lambda event: event.at, reverse=True)


STEP_TITLES = {
    "reach": lambda: _("In contact with the person"),
    "refer": lambda: _("Referred"),
    "answer": lambda: _("Every body has answered"),
    "hold": lambda: _("Put on hold"),
    "resume": lambda: _("Taken up again"),
    "close": lambda: _("Closed"),
    "reopen": lambda: _("Reopened"),
}
assert STEP_TITLES.keys() == CASE.transitions.keys()


def step_title(step: str) -> str:
    """A step of a case, in words."""
    return STEP_TITLES[step]()


def agency_name(slug: str) -> str:
    """The name of a body in the reader's language; its slug when it left the directory."""
    agency = body(slug)
    return say(agency.name) if agency else slug


def notes(case: Case) -> QuerySet[Note]:
    """What was written down, newest first."""
    return case.notes.select_related("by").order_by("-at", "id")


def names_of(accounts: Iterable[UUID | None]) -> dict[UUID, str]:
    """The names of these accounts, for the log."""
    wanted = {pk for pk in accounts if pk}
    return {user.pk: str(user) for user in User.objects.filter(pk__in=wanted)}


def days_left(due: date, at: datetime) -> int:
    """Calendar days until a day; negative when it has passed."""
    return (due - timezone.localdate(at)).days


def _name(user: User | None) -> str:
    return str(user) if user else ""
