"""The auditor's log: read it, search it, change nothing; reading it is audited too."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from wpis.accounts.powers import requires
from wpis.accounts.requests import SignedInRequest
from wpis.audit import trail
from wpis.audit.models import AuditEvent
from wpis.audit.reading import reads
from wpis.audit.searches import searched
from wpis.audit_log import queries
from wpis.audit_log.forms import LogForm
from wpis.powers import READ_LOG

PAGE = 50


@requires(READ_LOG)
@require_GET
@reads("audit.log.read")
def audit_log(request: SignedInRequest, frame: str) -> HttpResponse:
    """One page of the log, newest first; `frame` is the template in which the surface shows it."""
    form = LogForm(request.GET or None)
    asked = {name: value for name, value in form.cleaned_data.items() if value} if form.is_valid() else {}
    mistaken = bool(form.is_bound and form.errors)
    rows = AuditEvent.objects.none() if mistaken else queries.search(asked)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    lines = queries.lines(page)
    # Written after the rows were read, so that a reading never lists itself.
    trail.record(
        "audit.log.read",
        by=request.user,
        filters=sorted(asked),
        page=page.number,
        about=str(asked.get("subject", "")),
        searched=searched(asked.get("searched", "")),
    )
    context = {"form": form, "page": page, "lines": lines, "frame": frame, "desk": "log"}
    return render(request, "audit/log.html", context, status=422 if mistaken else 200)
