"""The queue: lists of files, and taking one or several."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from permits import powers
from permits.actions import review
from permits.officer.queue.filters import QueueFilter, active, chips
from permits.officer.queue.keyset import page_of, row_of
from permits.officer.queue.listing import COLUMNS, lines
from permits.officer.rendering import FORM_REFUSED, show
from permits.officer.tabs import TABS
from permits.queries import files_for
from permits.search.applications import LONGEST
from permits.search.numbers import looks_mistyped
from wpis import clock
from wpis.accounts.powers import requires
from wpis.accounts.requests import SignedInRequest
from wpis.audit import trail
from wpis.audit.reading import reads
from wpis.errors import Refused


@requires(powers.READ_FILES)
@require_safe
@reads("permits.queue.read")
def queue(request: SignedInRequest) -> HttpResponse:
    """One tab of files, filtered, 25 at a time."""
    key = request.GET.get("tab", "")
    tab = TABS[key if key in TABS else "to_review"]
    today = clock.today()
    chosen = QueueFilter(request.GET, tab.files(request.user, today).only(*COLUMNS), request=request)
    page = page_of(
        chosen.qs, tab.order, after=row_of(request.GET, "after"), before=row_of(request.GET, "before")
    )
    key = key if key in TABS else "to_review"
    trail.record_list(
        "permits.queue.read",
        by=request.user,
        shown=[row.pk for row in page.rows],
        searched=" ".join(request.GET.get(name, "") for name in ("q", "employer")),
        tab=key,
        filters=active(chosen),
    )
    return show(
        request,
        "queue/queue",
        tab=key,
        heading=tab.label,
        empty=tab.empty,
        filter=chosen,
        chips=chips(chosen, request.GET),
        lines=lines(page.rows, today),
        page=page,
        status=FORM_REFUSED if chosen.form.errors else 200,
        form=chosen.form,
        mistyped=looks_mistyped(request.GET.get("q", "")[:LONGEST]),
    )


@requires(powers.TAKE)
@require_POST
def take_next(request: SignedInRequest) -> HttpResponse:
    """Take the file with the earliest decision date and open it."""
    taken = review.take_next(by=request.user, at=clock.now())
    if taken is None:
        messages.info(request, _("No cases to review. Every file has an officer."))
        return redirect("officer:queue")
    return redirect("officer:file", taken.reference)


@requires(powers.TAKE)
@require_POST
def take_selected(request: SignedInRequest) -> HttpResponse:
    """Take the ticked files; those that a colleague took meanwhile are named."""
    taken, missed = 0, []
    ticked = request.POST.getlist("file")[:100]
    # In one order for everybody: two officers with the same ticks wait for each other instead of blocking.
    for file in files_for(request.user).filter(reference__in=ticked).order_by("pk"):
        try:
            review.take(file, by=request.user, at=clock.now())
            taken += 1
        except Refused:
            missed.append(str(file.reference))
    if taken:
        text = ngettext("You took %(count)d file.", "You took %(count)d files.", taken)
        messages.success(request, text % {"count": taken})
    if missed:
        text = _("Somebody else has these files by now: %(files)s. Take the next case instead.")
        messages.warning(request, text % {"files": ", ".join(missed)})
    if not taken and not missed:
        messages.warning(request, _("Tick the files that you want to take."))
    return redirect("officer:queue")
