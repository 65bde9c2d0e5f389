"""Lists of cases with a total order and a fixed number of queries, and the notes of one case."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from alerts import handover
from referral.models import Case, Note
from referral.states import OPEN_CASES, OPEN_REFERRALS, ReferralState
from wpis.accounts.models import User


class Waiting:
    """The confirmed alerts without a case, as a list that a paginator can cut."""

    def __len__(self) -> int:
        return handover.count_confirmed()

    def __getitem__(self, part: slice) -> list[handover.Confirmed]:
        start = part.start or 0
        return handover.confirmed(limit=part.stop - start, offset=start)


def subject_of(row: Any) -> UUID:
    """Whom a row of the inbox is about: its case or, before there is one, its alert."""
    if isinstance(row, handover.Confirmed):
        return row.alert
    found: UUID = row.pk if isinstance(row, Case) else row.case_id
    return found


def _listed(cases: QuerySet[Case], at: datetime) -> QuerySet[Case]:
    """Rows for a list: without the encrypted columns, with counts of open and overdue referrals."""
    late = Q(referrals__state=ReferralState.SENT, referrals__answer_due_at__lte=at)
    return (
        cases.select_related("caseworker")
        .defer("person", "contact_how", "contact_when", "contact_say")
        .annotate(
            open_referrals=Count("referrals", filter=Q(referrals__state__in=OPEN_REFERRALS)),
            late_referrals=Count("referrals", filter=late),
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


def notes(case: Case) -> QuerySet[Note]:
    """What was written on a case, newest first."""
    return case.notes.select_related("by").order_by("-at", "id")


def days_left(due: date, at: datetime) -> int:
    """Calendar days until a day; negative when it has passed."""
    return (due - timezone.localdate(at)).days
