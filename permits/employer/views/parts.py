"""The form pages of an application: input is saved even when incomplete, and errors are shown beside it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from permits import powers
from permits.actions import applications
from permits.case_types.registry import case_type
from permits.completeness.notices import Notice
from permits.employer.forms import PartForm
from permits.employer.forms.conflicts import changed_by_others, say_conflicts
from permits.employer.forms.worker import only_lines, read_passport_lines
from permits.employer.pages import PAGES, after, page_or_404, pages_of, record_of
from permits.employer.remarks import mark_of, notices_of, remarks
from permits.employer.rendering import show
from permits.employer.scope import own_or_started
from permits.employer.sections import SECTIONS, Section, following, section_of
from permits.employer.suggested import Suggestions, suggestions
from permits.employer.views.drafts import offers_undo
from permits.models import Application
from permits.queries import open_parts
from wpis import clock, law
from wpis.accounts.powers import requires
from wpis.accounts.requests import SignedInRequest
from wpis.audit import trail
from wpis.audit.reading import reads
from wpis.errors import Refused
from wpis.ui.forms import target_of
from wpis.ui.refusals import show_refusal


@requires(powers.FILE)
@require_http_methods(["GET", "HEAD", "POST"])
@reads("permits.application.read")
@offers_undo
def part(request: SignedInRequest, pk: UUID, part: str, section: str = "") -> HttpResponse:
    """Show one page of the application, or save what was entered and go to the next."""
    application = own_or_started(request, pk)
    page = page_or_404(application, part)
    assert page.form is not None
    here = section_of(
        part, section or (request.POST.get("section", "") if request.method == "POST" else "first")
    )
    if request.method != "POST":
        if part not in open_parts(application):
            return redirect("employer:application", pk)
        return _page(request, application, page.form.of(record_of(application, part)), here)
    unread = part == "worker" and "read" not in request.POST and only_lines(request.POST)
    reading = read_passport_lines(request.POST) if unread else None
    if part == "worker" and ("read" in request.POST or (reading and reading.form.errors)):
        return _read_passport(request, application)
    form = reading.form if reading else page.form(request.POST)
    form = form.only(here.fields) if here else form
    form.full_clean()
    saved = applications.Saved([], [])
    refusal: Refused | None = None
    try:
        saved = applications.save_part(
            application,
            part,
            form.values(),
            by=request.user,
            at=clock.now(),
            as_read=form.read_from(request.POST),
        )
    except Refused as refused:
        refusal = refused
    application = own_or_started(request, pk)
    if refusal or form.errors or saved.conflicts:
        form = form.taking(saved.changed_by_others, record_of(application, part))
        form.full_clean()
        say_conflicts(form, saved, record_of(application, part))
        if refusal:
            show_refusal(form, refusal)
        return _page(request, application, form, here, status=422)
    if reading:
        messages.info(
            request,
            _("We filled in the worker's details from the passport lines. Compare them before you submit."),
        )
    if saved.changed_by_others:
        messages.info(request, changed_by_others(form, saved))
    asked = "list" if "later" in request.POST else request.GET.get("then", "")
    if "later" not in request.POST and (unseen := _unseen(request, application, part, here)):
        return redirect(f"{request.get_full_path()}#{target_of(form, unseen)}")
    if here and asked not in ("list", "check") and (rest := following(here)):
        return redirect(rest.url(application))
    return redirect(after(application, part, asked=asked))


def _read_passport(request: SignedInRequest, application: Application) -> HttpResponse:
    """Fill the fields from the machine-readable zone, for the person to confirm; nothing is saved yet."""
    reading = read_passport_lines(request.POST)
    if "mrz" not in reading.form.errors:
        messages.info(request, reading.said())
    return _page(request, application, reading.form, None, status=422 if reading.form.errors else 200)


def _unseen(request: SignedInRequest, application: Application, part: str, here: Section | None) -> str:
    """The first field of this page with a notice, unless the page that was sent showed the same notices."""
    notices = _notices(application, part, here)
    return notices[0].field if notices and request.POST.get("seen") != mark_of(notices) else ""


def _notices(application: Application, part: str, here: Section | None) -> list[Notice]:
    return [notice for notice in notices_of(application, part) if not here or notice.field in here.fields]


def _page(
    request: SignedInRequest,
    application: Application,
    form: PartForm,
    here: Section | None,
    status: int = 200,
) -> HttpResponse:
    page, asked = PAGES[form.part.name], list(pages_of(application))
    notices = _notices(application, page.part, here)
    form = form.only(here.fields) if here else form
    then = request.GET.get("then", "")
    suggested = Suggestions()
    if not form.is_bound and (not here or here.is_first):
        suggested = suggestions(application, page.part, by=request.user)
        form.initial = {**form.initial, **suggested.answers}
    if suggested.source:
        trail.record("permits.application.read", by=request.user, subject=suggested.source, page="suggested")
    form.remarks = remarks(application, page.part, notices, marked=then == "check")
    context: dict[str, Any] = {
        "application": application,
        "form": form,
        "page": page,
        "number": asked.index(page.part) + 1,
        "total": len(asked),
        "then": then,
        "back": _back(request, application),
        "longest_months": _longest_months(application),
        "as_read": form.marks(record_of(application, page.part)),
        "seen": mark_of(notices),
        "notices": notices,
        "suggested": suggested.source,
        "here": here,
        "sections": [(each, each.url(application)) for each in SECTIONS.get(page.part, ())],
        "action": here.url(application) if here else page.url(application),
    }
    return show(request, page.template, context, status=status)


def _back(request: SignedInRequest, application: Application) -> str:
    return after(application, "documents", asked=request.GET.get("then") or "list")


def _longest_months(application: Application) -> int | None:
    """For how long a permit of this case type can be issued today; None where an approval issues none."""
    parameter = case_type(application.kind).longest_term
    return getattr(law.in_force(clock.today()), parameter) if parameter else None
