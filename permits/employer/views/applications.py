"""The list of applications, a new one, and one application: its task list, or where it stands."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from permits import powers
from permits.actions.decisions import named_ground
from permits.case_types.registry import case_type
from permits.drafts import abandoned
from permits.drafts.deleted import deleted_drafts_for
from permits.drafts.started import new_application
from permits.employer import presenters, tracker
from permits.employer.forms import FilterForm, StartForm
from permits.employer.overview import filtered
from permits.employer.rendering import show
from permits.employer.scope import own_applications, own_or_started
from permits.employer.tasklist import tasks
from permits.employer.views.drafts import offers_undo
from permits.models import Application, Outcome
from permits.queries import employers_of
from permits.search.numbers import looks_mistyped
from permits.states import PublicState, State
from wpis import clock, law
from wpis.accounts.powers import requires
from wpis.accounts.requests import SignedInRequest
from wpis.audit import trail
from wpis.audit.reading import reads
from wpis.languages.reader import reader_language, translated

PAGE = 25


@requires(powers.FILE)
@require_safe
@reads("permits.applications.read")
def application_list(request: SignedInRequest) -> HttpResponse:
    """All applications of this account's companies, by page."""
    form = FilterForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    found = filtered(own_applications(request), q=wanted.get("q", ""), state=wanted.get("state", ""))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    deleted = (
        [] if wanted.get("q") or wanted.get("state") else deleted_drafts_for(request.user, at=clock.now())
    )
    trail.record_list(
        "permits.applications.read",
        by=request.user,
        shown=[row.pk for row in (*page, *deleted)],
        searched=wanted.get("q", ""),
        page=page.number,
    )
    context = {
        "form": form,
        "page": page,
        "wanted": wanted,
        "mistyped": looks_mistyped(wanted.get("q", "")),
        "deleted": deleted,
    }
    return render(request, "permits/employer/applications/list.html", context)


@requires(powers.FILE)
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: SignedInRequest) -> HttpResponse:
    """Begin an application, of which nothing is stored before the first save.

    Company and case type are asked for only when there are several.
    """
    form = StartForm(request.POST if request.method == "POST" else None, employers=employers_of(request.user))
    if request.method == "POST" and form.is_valid():
        application = new_application(
            form.chosen_employer(),
            kind=form.chosen_kind(),
            by=request.user,
            at=clock.now(),
            language=reader_language(),
        )
        return redirect("employer:application", application.pk)
    status = 422 if request.method == "POST" else 200
    return render(
        request, "permits/employer/applications/start.html", {"form": form, "only": form.only}, status=status
    )


@requires(powers.FILE)
@require_safe
@reads("permits.application.read")
@offers_undo
def application(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """A draft's task list; once submitted, where the application stands."""
    found = own_or_started(request, pk)
    return _task_list(request, found) if found.state == State.DRAFT else _status(request, found)


def _task_list(request: SignedInRequest, found: Application) -> HttpResponse:
    listed = tasks(found)
    context = {
        "application": found,
        "tasks": listed,
        "missing": sum(len(task.missing) for task in listed),
        "ends_on": abandoned.ends_on(found),
        "is_saved": not found._state.adding,
    }
    return show(request, "applications/tasks", context)


def _status(request: SignedInRequest, found: Application) -> HttpResponse:
    state = tracker.public_state(found)
    questions = list(found.questions.all())
    context = {
        "application": found,
        "state": state,
        "case": case_type(found.kind),
        "steps": tracker.steps(found),
        "question": next((question for question in questions if question.answered_at is None), None),
        "answered": [question for question in reversed(questions) if question.answered_at],
        "may_withdraw": state in (PublicState.IN_REVIEW, PublicState.ANSWER_NEEDED),
        "groups": presenters.groups(found, ()),
    }
    if state == PublicState.APPROVED and case_type(found.kind).issues_permit:
        context |= {
            "again": found.permit.last_signing,
            "permit_state": tracker.permit_state_of(found, clock.today()),
        }
    if state == PublicState.REFUSED:
        decision = found.decisions.get(confirmed=True, outcome=Outcome.REFUSAL)
        ground = named_ground(decision)
        context |= {
            "decision": decision,
            "ground": translated(ground.title),
            "reference": ground.reference if ground.confidence is law.Confidence.CONFIRMED else "",
        }
    return show(request, "applications/status", context)
