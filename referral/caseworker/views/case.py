"""One case: overview, safe contact, notes, history, and covered values."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from referral import powers
from referral.access import revealing
from referral.cases import actions as cases
from referral.cases import history as past
from referral.cases import queries
from referral.caseworker import presenters
from referral.caseworker.forms.case import NoteForm, RevealForm, SafeContactForm
from referral.caseworker.lookups import case_or_404, need_to_know
from referral.caseworker.views.page import case_page
from referral.disclosure.presenters import title
from referral.disclosure.presenters import value as presented
from referral.forms import posted, status_of
from wpis import clock
from wpis.accounts.powers import requires
from wpis.accounts.requests import SignedInRequest
from wpis.audit.reading import reads
from wpis.editing import as_read
from wpis.errors import Refused
from wpis.ui.refusals import show_refusal


@requires(powers.WORK)
@require_GET
@need_to_know
@reads("referral.case.read")
def overview(request: SignedInRequest, case: UUID) -> HttpResponse:
    """Why the case exists, what is known of the person, how to reach the person, and the steps."""
    found = case_or_404(request, case, "overview")
    return case_page(request, "case/overview.html", found, "overview", **presenters.overview(found))


@requires(powers.WORK)
@require_http_methods(["GET", "POST"])
@need_to_know
@reads("referral.case.read")
def contact(request: SignedInRequest, case: UUID) -> HttpResponse:
    """Record how the person can be reached safely."""
    found = case_or_404(request, case, "contact")
    form = SafeContactForm(posted(request), initial=SafeContactForm.values_of(found))
    shown = request.POST.get(as_read.FIELD) or SafeContactForm.marks_of(found)
    if form.is_valid():
        marks = as_read.sent_marks(request.POST)
        try:
            saved = cases.set_safe_contact(
                found, form.contact(), as_read=marks, by=request.user, at=clock.now()
            )
        except Refused as refused:
            show_refusal(form, refused)
        else:
            if saved.changed_by_others:
                messages.info(
                    request,
                    _("Somebody else has changed these answers, and their changes are kept: %(answers)s.")
                    % {"answers": form.labels_of(saved.changed_by_others)},
                )
            if not saved.conflicts:
                messages.success(request, _("Saved."))
                return redirect("referral:case", case=found.pk)
            form, shown = form.after(saved), SafeContactForm.marks_of(saved.case)
    context = {"form": form, "as_read": shown}
    return case_page(request, "case/contact.html", found, "overview", status=status_of(form), **context)


@requires(powers.WORK)
@require_http_methods(["GET", "POST"])
@need_to_know
@reads("referral.case.read")
def notes(request: SignedInRequest, case: UUID) -> HttpResponse:
    """List the notes, and add one."""
    found = case_or_404(request, case, "notes")
    form = NoteForm(posted(request))
    if form.is_valid():
        try:
            cases.add_note(found, **form.cleaned_data, by=request.user, at=clock.now())
        except Refused as refused:
            show_refusal(form, refused)
        else:
            messages.success(request, _("Noted."))
            return redirect("referral:notes", case=found.pk)
    context = {"form": form, "notes": queries.notes(found)}
    return case_page(request, "case/notes.html", found, "notes", status=status_of(form), **context)


@requires(powers.WORK)
@require_GET
@need_to_know
@reads("referral.case.read")
def history(request: SignedInRequest, case: UUID) -> HttpResponse:
    """Everything that happened on the case, newest first."""
    found = case_or_404(request, case, "history")
    return case_page(request, "case/history.html", found, "history", events=past.history(found))


@requires(powers.WORK)
@require_http_methods(["GET", "POST"])
@need_to_know
@reads("referral.case.read")
def reveal(request: SignedInRequest, case: UUID, field: str) -> HttpResponse:
    """Show one covered value after a reason was chosen; no other page shows it."""
    if not revealing.can_be_revealed(field):
        raise Http404
    found = case_or_404(request, case, "reveal")
    form = RevealForm(posted(request))
    value = None
    if form.is_valid():
        raw = revealing.reveal(found, field, form.cleaned_data["reason"], by=request.user)
        value = presented(field, raw)
    context = {"form": form, "title": title(field), "value": value}
    return case_page(request, "case/reveal.html", found, "overview", status=status_of(form), **context)
