"""What people look at: the queue, one alert, and what could not be checked."""

from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from alerts.models import Alert, AlertChange, Facts, Screening, ScreeningState
from alerts.states import PASSED_ON, State
from wpis.accounts.models import User

ORDER = ("-rank", "created_at", "id")
"""The most pressing first, then the oldest; total, so that pages never overlap."""


def waiting() -> QuerySet[Alert]:
    """Alerts that nobody has taken."""
    return Alert.objects.filter(state=State.NEW).order_by(*ORDER)


def mine(user: User) -> QuerySet[Alert]:
    """Alerts this analyst works on, and dismissals of others that wait for a second person."""
    own = Q(owner=user, state__in=[State.TAKEN, State.DISMISSAL_PROPOSED])
    second = Q(state=State.DISMISSAL_PROPOSED) & ~Q(proposed_by=user)
    return Alert.objects.filter(own | second).order_by(*ORDER)


def taken_by_others(user: User) -> QuerySet[Alert]:
    """Alerts another analyst works on."""
    return Alert.objects.filter(state=State.TAKEN).exclude(owner=user).order_by(*ORDER)


def confirmed() -> QuerySet[Alert]:
    """Alerts that were confirmed, whatever came after."""
    return Alert.objects.filter(state__in=PASSED_ON).order_by(*ORDER)


def dismissed() -> QuerySet[Alert]:
    """Alerts that were dismissed, the newest first."""
    return Alert.objects.filter(state=State.DISMISSED).order_by("-created_at", "id")


def not_checked() -> QuerySet[Screening]:
    """Submissions that no ruleset could be put to, the oldest first."""
    return Screening.objects.filter(state=ScreeningState.COULD_NOT_CHECK).order_by("at", "id")


def partly_checked() -> QuerySet[Facts]:
    """Submissions of which a fact could not be computed, the oldest first, at most 200: their other facts count.

    A row of a newer builder that computed everything settles it.
    """
    newer = Facts.objects.filter(
        submission=OuterRef("submission"), builder_version__gt=OuterRef("builder_version")
    )
    return Facts.objects.filter(~Q(not_computed=[]), ~Exists(newer)).order_by("submitted_at", "id")[:200]


def counts(user: User) -> dict[str, int]:
    """How many stand behind each tab, in one query for alerts and one for screenings."""
    proposed = Q(state=State.DISMISSAL_PROPOSED)
    found: dict[str, int] = Alert.objects.aggregate(
        new=Count("pk", filter=Q(state=State.NEW)),
        mine=Count(
            "pk", filter=Q(owner=user, state=State.TAKEN) | proposed & (Q(owner=user) | ~Q(proposed_by=user))
        ),
        others=Count("pk", filter=Q(state=State.TAKEN) & ~Q(owner=user)),
        confirmed=Count("pk", filter=Q(state__in=PASSED_ON)),
        dismissed=Count("pk", filter=Q(state=State.DISMISSED)),
    )
    return {**found, "not_checked": not_checked().count() + partly_checked().count()}


def earlier(alert: Alert) -> QuerySet[Alert]:
    """Other alerts about the same application or of the same employer, the newest first, at most 20."""
    facts = alert.screening.facts
    same = Q(application=alert.application)
    if facts is not None:
        same |= Q(screening__facts__employer=facts.employer)
    return (
        Alert.objects.filter(same)
        .exclude(pk=alert.pk)
        .select_related("owner")
        .order_by("-created_at", "id")[:20]
    )


def proposal_of(alert: UUID) -> AlertChange | None:
    """The newest proposal to dismiss this alert."""
    return AlertChange.objects.filter(subject=alert, step="propose_dismissal").select_related("by").last()


def later_screenings(alert: Alert) -> QuerySet[Screening]:
    """Newer submissions of the same application that were screened after this alert's."""
    return Screening.objects.filter(application=alert.application, at__gt=alert.screening.at).order_by(
        "at", "id"
    )
