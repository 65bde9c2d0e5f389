"""Submissions that could not be checked: why, since when, and trying again."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Field
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from alerts import powers
from alerts.models import Facts, Screening
from alerts.models.facts import kinds
from alerts.screening.retry import retry as retry_screening
from alerts.triage import queries
from alerts.triage.views.rendering import person, show
from permits import feed
from wpis import clock
from wpis.accounts.powers import requires
from wpis.audit import trail
from wpis.audit.reading import reads
from wpis.errors import Refused, UnreadableRecord
from wpis.processes import waiting

PER_PAGE = 25


@requires(powers.READ)
@require_safe
@reads("alerts.not_checked.read")
def not_checked(request: HttpRequest) -> HttpResponse:
    """The list, the oldest first; none of these is clear, and each holds its approval. Below, single facts."""
    page = Paginator(queries.not_checked(), PER_PAGE).get_page(request.GET.get("page"))
    partly = list(queries.partly_checked())
    trail.record_list(
        "alerts.not_checked.read",
        by=request.user,
        shown=[*(row.submission_id for row in page), *(row.submission_id for row in partly)],
        page=page.number,
    )
    return show(
        request,
        "not_checked",
        tab="not_checked",
        delayed=list(waiting.late(clock.now())),
        page=page,
        lines=[{"screening": row, "reference": reference} for row, reference in _named(list(page))],
        partly=_partly(partly),
        waiting=feed.unfinished(),
        may_retry=powers.RETRY.held_by(request.user),
    )


@requires(powers.RETRY)
@require_POST
def retry(request: HttpRequest, screening: UUID) -> HttpResponse:
    """Make it due again; the workers take it up within seconds."""
    found = queries.not_checked().filter(pk=screening).first()
    if found is None:
        if not Screening.objects.filter(pk=screening).exists():
            raise Http404
        messages.info(request, _("It has been checked meanwhile."))
        return redirect("alerts:not_checked")
    try:
        retry_screening(found, by=person(request), at=clock.now())
    except Refused as refused:
        messages.warning(request, " ".join(refused.reasons))
    else:
        messages.success(request, _("It will be checked again within a minute. Reload this page to see."))
    return redirect("alerts:not_checked")


def _named(rows: list[Screening]) -> list[tuple[Screening, str]]:
    """Each with its reference; empty where the submission cannot even be read."""
    known = references([row.submission_id for row in rows])
    return [(row, known.get(row.submission_id, "")) for row in rows]


def _partly(rows: list[Facts]) -> list[dict[str, Any]]:
    """Each submission that lacks single facts: its reference, when it was filed, what these facts are called."""
    known = references([row.submission_id for row in rows])
    return [
        {
            "reference": known.get(row.submission_id, ""),
            "submitted_at": row.submitted_at,
            "facts": [_name_of(fact) for fact in row.not_computed],
        }
        for row in rows
    ]


def _name_of(fact: str) -> str:
    """What a fact is called; the name of its column for one that this release does not know."""
    if fact not in kinds():
        return fact
    column = Facts._meta.get_field(fact)
    assert isinstance(column, Field)
    return str(column.verbose_name)


def references(submissions: list[UUID]) -> dict[UUID, str]:
    """The reference of each submission that can be read."""
    known: dict[UUID, str] = {}
    for submission in submissions:
        try:
            known |= {record.submission: record.reference for record in feed.records([submission])}
        except UnreadableRecord:
            continue
    return known
