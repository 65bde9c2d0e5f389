"""One case: overview, safe contact, notes, history, covered values, and its steps."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from referral import powers, queries
from referral.cases import actions as cases
from referral.cases import person
from referral.caseworker.forms.case import CloseForm, NoteForm, ReasonForm, RevealForm, SafeContactForm
from referral.caseworker.views.lookups import case_read, typed
from referral.disclosure import presenters
from referral.disclosure.catalogue import catalogue
from referral.guards import open_items
from referral.models import Case
from referral.workflow import CASE
from wpis.accounts.powers import requires
from wpis.accounts.requests import SignedInRequest
from wpis.audit import trail
from wpis.classifications.languages import language_name
from wpis.errors import Refused
from wpis.ui.refusals import show_refusal


def page(
    request: SignedInRequest, template: str, case: Case, tab: str, status: int = 200, **context: Any
) -> HttpResponse:
    """A page of a case with what every such page shows."""
    now = timezone.now()
    shared = {
        "case": case,
        "tab": tab,
        "desk": "cases",
        "own": case.caseworker_id == request.user.pk,
        "days_left": queries.days_left(case.pre_identification_due, now),
        "clock_days": (case.pre_identification_due - timezone.localdate(case.opened_at)).days,
        "steps": CASE.steps(case, request.user),
        "spoken": language_name(case.language),
        "now": now,
    }
    return render(request, template, {**shared, **context}, status=status)


@requires(powers.WORK)
@require_GET
def overview(request: SignedInRequest, case: UUID) -> HttpResponse:
    """Why the case exists, what is known (masked where it must be), how to reach the person."""
    found = case_read(request, case, "overview")
    rows = []
    for slug, field in catalogue().items():
        raw = person.value(found, slug)
        if slug not in person.FROM_CASE and slug != "findings":
            covered = field.masked and raw is not None
            rows.append((slug, presenters.title(slug), None if covered else presenters.value(slug, raw)))
    findings = presenters.value("findings", person.value(found, "findings"))
    contact = [
        (_("Safe way to reach the person"), found.contact_how),
        (_("Safe times"), found.contact_when),
        (_("If somebody else answers"), found.contact_say),
        (_("Language"), language_name(found.language)),
        (_("Wished interviewer"), found.get_interviewer_wish_display()),
    ]
    context = {
        "rows": rows,
        "findings": [findings] if isinstance(findings, str) else findings,
        "unknown": [presenters.text(sentence) for sentence in found.why["unknown"]],
        "patterns": presenters.text(found.why["patterns"]),
        "why": found.why,
        "contact": contact,
    }
    return page(request, "referral/case.html", found, "overview", **context)


@requires(powers.WORK)
@require_http_methods(["GET", "POST"])
def contact(request: SignedInRequest, case: UUID) -> HttpResponse:
    """Record how the person can be reached safely."""
    found = case_read(request, case, "contact")
    kept = {
        "how": found.contact_how,
        "when": found.contact_when,
        "say": found.contact_say,
        "language": found.language,
        "interviewer_wish": found.interviewer_wish,
    }
    form = SafeContactForm(typed(request), initial=kept)
    if form.is_valid():
        try:
            safe = cases.SafeContact(**form.cleaned_data)
            cases.set_safe_contact(found, safe, by=request.user, at=timezone.now())
        except Refused as refused:
            show_refusal(form, refused)
        else:
            messages.success(request, _("Saved."))
            return redirect("referral:case", case=found.pk)
    return page(request, "referral/contact.html", found, "overview", status=_status(form), form=form)


@requires(powers.WORK)
@require_http_methods(["GET", "POST"])
def notes(request: SignedInRequest, case: UUID) -> HttpResponse:
    """Read the notes; write one."""
    found = case_read(request, case, "notes")
    form = NoteForm(typed(request))
    if form.is_valid():
        try:
            cases.add_note(found, **form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refused:
            show_refusal(form, refused)
        else:
            messages.success(request, _("Noted."))
            return redirect("referral:notes", case=found.pk)
    return page(
        request,
        "referral/notes.html",
        found,
        "notes",
        status=_status(form),
        form=form,
        notes=queries.notes(found),
    )


@requires(powers.WORK)
@require_GET
def history(request: SignedInRequest, case: UUID) -> HttpResponse:
    """Everything that happened on the case, newest first."""
    found = case_read(request, case, "history")
    return page(request, "referral/history.html", found, "history", events=queries.history(found))


@requires(powers.WORK)
@require_http_methods(["GET", "POST"])
def reveal(request: SignedInRequest, case: UUID, field: str) -> HttpResponse:
    """Show one covered value after a reason was chosen; the value is on no other page and is not kept."""
    if field not in catalogue() or not catalogue()[field].masked or field in person.FROM_CASE:
        raise Http404
    found = case_read(request, case, "reveal")
    form = RevealForm(typed(request))
    value = None
    if form.is_valid():
        trail.record(
            "referral.case.reveal",
            by=request.user,
            subject=found,
            field=field,
            reason=form.cleaned_data["reason"],
        )
        value = presenters.value(field, person.value(found, field))
    return page(
        request,
        "referral/reveal.html",
        found,
        "overview",
        status=_status(form),
        form=form,
        title=presenters.title(field),
        value=value,
    )


Act = Callable[[Case, Any, Any, Any], Case]
STEPS: dict[str, tuple[Any, type[ReasonForm], Act]] = {
    "hold": (
        gettext_lazy("Put the case on hold"),
        ReasonForm,
        lambda case, data, by, at: cases.hold(case, data["reason"], by, at),
    ),
    "close": (
        gettext_lazy("Close the case"),
        CloseForm,
        lambda case, data, by, at: cases.close(case, data["outcome"], data["reason"], by, at),
    ),
    "reopen": (
        gettext_lazy("Reopen the case"),
        ReasonForm,
        lambda case, data, by, at: cases.reopen(case, data["reason"], by, at),
    ),
    "resume": (
        gettext_lazy("Take the case up again"),
        ReasonForm,
        lambda case, data, by, at: cases.resume(case, data["reason"], by, at),
    ),
    "take-over": (
        gettext_lazy("Take the case over"),
        ReasonForm,
        lambda case, data, by, at: cases.take_over(case, data["reason"], by, at),
    ),
}


@requires(powers.WORK)
@require_http_methods(["GET", "POST"])
def step(request: SignedInRequest, case: UUID, step: str) -> HttpResponse:
    """Take a step that needs a reason; what stands in its way is said before it is tried."""
    if step not in STEPS:
        raise Http404
    title, form_class, act = STEPS[step]
    found = case_read(request, case, step)
    form = form_class(typed(request))
    if form.is_valid():
        try:
            act(found, form.cleaned_data, request.user, timezone.now())
        except Refused as refused:
            show_refusal(form, refused)
        else:
            messages.success(request, _("Done."))
            return redirect("referral:case", case=found.pk)
    obstacles = open_items(found) if step == "close" and not form.is_bound else []
    return page(
        request,
        "referral/step.html",
        found,
        "overview",
        status=_status(form),
        form=form,
        title=title,
        obstacles=obstacles,
    )


def _status(form: Any) -> int:
    return 422 if form.is_bound and form.errors else 200
