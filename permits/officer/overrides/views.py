"""Overrides: request one on a file, settle the request of a colleague, and look through all of them."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from permits import powers
from permits.checks import overrides
from permits.checks.names import name_of
from permits.models import Application, Check, CheckOverride
from permits.officer.decision.forms import DeclineOverrideForm, OverrideForm
from permits.officer.file.lookups import file_or_404
from permits.officer.file.overrides import may_confirm, row_of, sentences
from permits.officer.overrides import listing
from permits.officer.queue.filters import active
from permits.officer.rendering import FORM_REFUSED, show
from wpis import clock
from wpis.accounts.powers import requires
from wpis.accounts.requests import SignedInRequest
from wpis.audit import trail
from wpis.audit.reading import reads
from wpis.errors import Refused
from wpis.ui.refusals import attempt

PER_PAGE = 25


@requires(powers.OVERRIDE)
@reads("permits.file.read")
def override(request: SignedInRequest, reference: str, check: UUID) -> HttpResponse:
    """Request that the decision shall not wait for one check, or read the request that is open."""
    application = file_or_404(request, reference)
    row = get_object_or_404(Check, pk=check, submission__application=application)
    form = OverrideForm(request.POST or None)
    if request.method == "POST" and attempt(
        form,
        lambda: overrides.request_override(row, form.cleaned_data["reason"], by=request.user, at=clock.now()),
    ):
        messages.success(request, _("The override is requested. A second supervisor confirms it later."))
        return redirect("officer:file", reference)
    return _page(request, application, row, form, DeclineOverrideForm())


@requires(powers.OVERRIDE)
@require_POST
@reads("permits.file.read")
def confirm(request: SignedInRequest, reference: str, override: UUID) -> HttpResponse:
    """Let the decision go ahead without the check, as the second supervisor."""
    application, found = _request_or_404(request, reference, override)
    try:
        overrides.confirm_override(found, by=request.user, at=clock.now())
    except Refused as refusal:
        return _page(
            request,
            application,
            found.check_row,
            OverrideForm(),
            DeclineOverrideForm(),
            [str(reason) for reason in refusal.reasons],
        )
    messages.success(request, _("The decision no longer waits for this check."))
    return redirect("officer:file", reference)


@requires(powers.OVERRIDE)
@require_POST
@reads("permits.file.read")
def decline(request: SignedInRequest, reference: str, override: UUID) -> HttpResponse:
    """Decline the request of a colleague, or take one's own back."""
    application, found = _request_or_404(request, reference, override)
    form = DeclineOverrideForm(request.POST)
    if attempt(
        form,
        lambda: overrides.decline_override(
            found, form.cleaned_data["reason"], by=request.user, at=clock.now()
        ),
    ):
        messages.success(request, _("The check is not overridden. It goes on waiting."))
        return redirect("officer:file", reference)
    return _page(request, application, found.check_row, OverrideForm(), form)


@requires(powers.OVERRIDE)
@require_safe
@reads("permits.overrides.read")
def override_list(request: SignedInRequest) -> HttpResponse:
    """All overrides, the newest first, narrowed by status, check and supervisor."""
    chosen = listing.OverrideFilter(request.GET, listing.overrides(), request=request)
    page = Paginator(chosen.qs, PER_PAGE).get_page(request.GET.get("page"))
    trail.record_list(
        "permits.overrides.read",
        by=request.user,
        shown=[row.check_row.submission.application_id for row in page],
        filters=active(chosen),
    )
    at = clock.now()
    return show(
        request,
        "overrides/list",
        tab="overrides",
        form=chosen.form,
        page=page,
        lines=[
            {
                "file": row.check_row.submission.application,
                "name": name_of(row.check_row),
                "row": row_of(row, holds=overrides.holds(row.check_row), at=at),
            }
            for row in page
        ],
        status=FORM_REFUSED if chosen.form.errors else 200,
    )


def _request_or_404(
    request: SignedInRequest, reference: str, override: UUID
) -> tuple[Application, CheckOverride]:
    application = file_or_404(request, reference)
    rows = CheckOverride.objects.select_related("check_row__submission__application")
    return application, get_object_or_404(rows, pk=override, check_row__submission__application=application)


def _page(
    request: SignedInRequest,
    application: Application,
    check: Check,
    form: OverrideForm,
    decline_form: DeclineOverrideForm,
    refusals: list[str] | None = None,
) -> HttpResponse:
    at = clock.now()
    waiting = check.overrides.filter(settled_at=None).select_related("requested_by", "settled_by").first()
    declined = bool(decline_form.errors)
    return show(
        request,
        "decision/override",
        file=application,
        check=check,
        name=name_of(check),
        form=decline_form if waiting and (declined or not form.is_bound) else form,
        request_form=form,
        decline_form=decline_form,
        waiting=row_of(waiting, holds=overrides.holds(check), at=at) if waiting else None,
        said=sentences(waiting) if waiting else [],
        may_confirm=waiting is not None and may_confirm(waiting, request.user, at),
        own=waiting is not None and waiting.requested_by_id == request.user.pk,
        hours=int(overrides.waiting_time(at=at).total_seconds() // 3600),
        refusals=refusals or [],
        status=409 if refusals else FORM_REFUSED if declined else 200,
    )
