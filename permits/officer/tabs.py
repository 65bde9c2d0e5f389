"""The tabs of the office: their files, order and counts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Func, IntegerField, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from permits.models import Application, Employer, State
from permits.officer.holding import taken_from
from permits.queries import queue
from permits.states import CompanyState
from wpis.accounts.models import User

PROPOSED = (State.APPROVAL_PROPOSED, State.REFUSAL_PROPOSED)
WORK = ("due_on", "submitted_at", "pk")
NEWEST = ("-decided_at", "pk")
MANY = 1000
"""Counted up to here; beyond it a person only needs to know that there are many, and counting stays cheap."""


COMPANIES = "companies"
"""The list of companies to verify, counted like a tab."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """One tab. `files(user, today)` are its files; `empty` says what it means when there are none.

    A tab `only_with_files` stands in the rail while it has some.
    """

    label: Promise
    files: Callable[[User, date], QuerySet[Application]]
    empty: Promise
    order: tuple[str, ...] = WORK
    counted: bool = True
    only_with_files: bool = False


def _decided() -> QuerySet[Application]:
    return _with_names(Application.objects.filter(decided_at__isnull=False))


def _with_names(files: QuerySet[Application]) -> QuerySet[Application]:
    return files.select_related("employer", "worker", "terms", "officer")


TABS: dict[str, Tab] = {
    "to_review": Tab(
        label=_("To review"),
        files=lambda user, today: queue().filter(state=State.SUBMITTED),
        empty=_("Every file has an officer. New files appear here as soon as employers submit them."),
    ),
    "mine": Tab(
        label=_("Mine"),
        files=lambda user, today: queue().filter(officer=user).exclude(state=State.WAITING),
        empty=_("You have no files. Take the next case to start."),
    ),
    "taken_over": Tab(
        label=_("Taken from you"),
        files=lambda user, today: _with_names(taken_from(user, Application.objects.all(), today)),
        empty=_("No colleague took over a file of yours lately."),
        only_with_files=True,
    ),
    "waiting": Tab(
        label=_("Waiting for employer"),
        files=lambda user, today: queue().filter(state=State.WAITING),
        empty=_("No employer owes an answer."),
    ),
    "to_confirm": Tab(
        label=_("To confirm"),
        files=lambda user, today: queue().filter(state__in=PROPOSED).exclude(officer=user),
        empty=_("No proposal of a colleague waits for a second person. Your own proposals are under Mine."),
    ),
    "due": Tab(
        label=_("Due"),
        files=lambda user, today: queue().filter(due_on__lte=today).exclude(state=State.WAITING),
        empty=_("No decision is due today or late."),
    ),
    "all": Tab(
        label=_("All"),
        files=lambda user, today: queue(),
        empty=_("No file is open."),
    ),
    "decided": Tab(
        label=_("Decided"),
        files=lambda user, today: _decided(),
        empty=_("No file has been decided yet."),
        order=NEWEST,
        counted=False,
    ),
}


def counts(user: User, today: date) -> dict[str, str]:
    """How many files stand under each counted tab, and companies to verify, in words such as 42 or 1000+; one query."""
    many = {
        key: Func(
            ArraySubquery(tab.files(user, today).order_by().values("pk")[: MANY + 1]),
            function="cardinality",
            output_field=IntegerField(),
        )
        for key, tab in TABS.items()
        if tab.counted
    }
    many[COMPANIES] = Func(
        ArraySubquery(
            Employer.objects.filter(state=CompanyState.CLAIMED).order_by().values("pk")[: MANY + 1]
        ),
        function="cardinality",
        output_field=IntegerField(),
    )
    found = User.objects.filter(pk=user.pk).values_list(*many.values())[0]
    return {key: str(count) if count <= MANY else f"{MANY}+" for key, count in zip(many, found, strict=True)}
