"""The agency's desk: only what was sent to one's own agency, only what may be read now."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from referral import powers
from referral.access.referrals import read_referral, readable_by, received_by
from referral.access.rule import readable_now
from referral.agencies.directory import find_agency
from referral.agencies.presenters import agency_name
from referral.forms import posted
from referral.models import Referral
from referral.partner import presenters
from referral.partner.forms import DeclineForm, OutcomeForm
from referral.referrals import actions as referrals
from wpis import clock
from wpis.accounts.powers import requires
from wpis.accounts.requests import SignedInRequest
from wpis.audit import trail
from wpis.audit.reading import reads
from wpis.errors import Refused
from wpis.ui.refusals import show_refusal

PAGE = 25


@requires(powers.RECEIVE)
@require_GET
@reads("referral.items.read")
def partner_inbox(request: SignedInRequest) -> HttpResponse:
    """What was sent to one's agency, the nearest deadline first."""
    now = clock.now()
    page = Paginator(readable_by(request.user, at=now), PAGE).get_page(request.GET.get("page"))
    trail.record_list("referral.items.read", by=request.user, shown=[row.pk for row in page])
    return render(request, "referral/partner/inbox.html", {"page": page, "now": now, **_desk(request)})


@requires(powers.RECEIVE)
@require_GET
@reads("referral.disclosure.read", "referral.disclosure.read_after_end")
def read(request: SignedInRequest, item: UUID) -> HttpResponse:
    """The shared fields of one referral; every reading is audited, and after its time nothing is shown."""
    return _referral_page(request, _received(request, item))


@requires(powers.RECEIVE)
@require_POST
def accept(request: SignedInRequest, item: UUID) -> HttpResponse:
    """Accept a referral."""
    referral = _received(request, item)
    try:
        referrals.accept(referral, by=request.user, at=clock.now())
    except Refused as refused:
        for reason in refused.reasons:
            messages.warning(request, reason)
    else:
        messages.success(request, _("Accepted. The caseworker has been told."))
    return redirect("referral:item", item=referral.pk)


@requires(powers.RECEIVE)
@require_http_methods(["GET", "POST"])
def decline(request: SignedInRequest, item: UUID) -> HttpResponse:
    """Decline a referral with a reason."""
    referral = _received(request, item)
    form = DeclineForm(posted(request))
    if form.is_valid():
        try:
            referrals.decline(referral, form.cleaned_data["reason"], by=request.user, at=clock.now())
        except Refused as refused:
            show_refusal(form, refused)
        else:
            messages.success(request, _("Declined. The caseworker looks for other help."))
            return redirect("referral:partner_inbox")
    return _form_page(request, referral, form, _("Decline"), _("Confirm and decline"))


@requires(powers.RECEIVE)
@require_http_methods(["GET", "POST"])
def outcome(request: SignedInRequest, item: UUID) -> HttpResponse:
    """Say what came of an accepted referral."""
    referral = _received(request, item)
    agency = find_agency(referral.agency)
    if agency is None:
        raise Http404
    form = OutcomeForm(agency, posted(request))
    if form.is_valid():
        try:
            referrals.record_outcome(referral, **form.cleaned_data, by=request.user, at=clock.now())
        except Refused as refused:
            show_refusal(form, refused)
        else:
            messages.success(request, _("Outcome recorded. Thank you."))
            return redirect("referral:partner_inbox")
    return _form_page(request, referral, form, _("Record the outcome"), _("Save outcome"))


def _received(request: SignedInRequest, item: UUID) -> Referral:
    """A referral that was sent to one's own agency; another agency's and an absent one are the same 404."""
    return get_object_or_404(received_by(request.user).select_related("case"), pk=item)


def _referral_page(request: SignedInRequest, referral: Referral) -> HttpResponse:
    now = clock.now()
    context: dict[str, Any] = {"referral": referral, "now": now, **_desk(request)}
    fields = read_referral(referral, by=request.user, at=now)
    if not fields:
        return render(request, "referral/partner/ended.html", context, status=410)
    context |= presenters.received(referral, fields, by=request.user)
    return render(request, "referral/partner/referral.html", context)


def _form_page(
    request: SignedInRequest, referral: Referral, form: Any, title: str, button: str
) -> HttpResponse:
    if not readable_now(referral, at=clock.now()):
        return _referral_page(request, referral)
    context = {"referral": referral, "form": form, "title": title, "button": button, **_desk(request)}
    return render(request, "referral/partner/form.html", context, status=422 if form.is_bound else 200)


def _desk(request: SignedInRequest) -> dict[str, str]:
    return {"desk": "items", "agency": agency_name(request.user.agency)}
