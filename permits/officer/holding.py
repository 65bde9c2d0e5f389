"""Reads from a file's history who has it and since when, and which files colleagues took over."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from permits.models import Application, ApplicationChange
from permits.states import HOLDING, TAKE_OVER
from wpis.accounts.models import User

LATELY = timedelta(days=30)
"""How long the former officer is shown a file that was taken over, and over how many days figures are counted: longer
than a leave or an illness is rare."""


@dataclass(frozen=True, slots=True)
class Holding:
    """How a file stands: who has it, since when if the history says so, and how many steps it took so far."""

    officer: User | None
    since: datetime | None
    steps: int


def steps_of(application: Application) -> list[ApplicationChange]:
    """Every step of the file, newest first."""
    return list(application.changes.select_related("by").order_by("-at", "-id"))


def holding(application: Application, steps: list[ApplicationChange]) -> Holding:
    """Who has the file, out of its steps, newest first."""
    taken = next((step for step in steps if step.step in HOLDING), None)
    mine = taken is not None and taken.by_id == application.officer_id
    return Holding(application.officer, taken.at if taken and mine else None, len(steps))


def taken_from(user: User, files: QuerySet[Application], today: date) -> QuerySet[Application]:
    """Those of `files` that colleagues took over from this officer lately and have now, whatever became of them."""
    first = timezone.make_aware(datetime.combine(today - LATELY, time.min))
    earlier = ApplicationChange.objects.filter(
        subject=OuterRef("subject"), step__in=HOLDING, at__lt=OuterRef("at")
    )
    former = Subquery(earlier.order_by("-at", "-id").values("by")[:1])
    taken = ApplicationChange.objects.filter(step__in=TAKE_OVER.values(), at__gte=first)
    return files.filter(pk__in=taken.alias(former=former).filter(former=user.pk).values("subject")).exclude(
        officer=user
    )
