"""The partner's desk: only what was sent to one's own organisation, only what was shared, only for a time."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from referral import powers, queries
from referral.agencies.directory import agency as body
from referral.caseworker.forms.referral import DeclineForm, OutcomeForm
from referral.caseworker.views.lookups import item_of_partner, typed
from referral.disclosure import partner_view
from referral.models import Referral
from referral.referrals import actions as referrals
from referral.referrals import reading
from referral.workflow import REFERRAL
from wpis.accounts.powers import requires
from wpis.accounts.requests import SignedInRequest
from wpis.errors import Refused
from wpis.ui.refusals import show_refusal

PAGE = 25


@requires(powers.RECEIVE)
@require_GET
def partner_inbox(request: SignedInRequest) -> HttpResponse:
    """What was sent to one's organisation, the nearest deadline first."""
    now = timezone.now()
    page = Paginator(queries.partner_list(request.user, now), PAGE).get_page(request.GET.get("page"))
    return render(request, "referral/partner_inbox.html", {"page": page, "now": now, **_desk(request)})


@requires(powers.RECEIVE)
@require_GET
def item(request: SignedInRequest, item: UUID) -> HttpResponse:
    """The shared fields of one item; every opening is audited, and after its time nothing is shown."""
    return _slice(request, item_of_partner(request, item))


@requires(powers.RECEIVE)
@require_POST
def accept(request: SignedInRequest, item: UUID) -> HttpResponse:
    """Take an item on."""
    sent = item_of_partner(request, item)
    try:
        referrals.accept(sent, by=request.user, at=timezone.now())
    except Refused as refused:
        for reason in refused.reasons:
            messages.warning(request, reason)
    else:
        messages.success(request, _("Accepted. The caseworker has been told."))
    return redirect("referral:item", item=sent.pk)


@requires(powers.RECEIVE)
@require_http_methods(["GET", "POST"])
def decline(request: SignedInRequest, item: UUID) -> HttpResponse:
    """Decline an item with a reason."""
    sent = item_of_partner(request, item)
    form = DeclineForm(typed(request))
    if form.is_valid():
        try:
            referrals.decline(sent, form.cleaned_data["reason"], by=request.user, at=timezone.now())
        except Refused as refused:
            show_refusal(form, refused)
        else:
            messages.success(request, _("Declined. The caseworker looks for other help."))
            return redirect("referral:partner_inbox")
    return _form(request, sent, form, _("Decline"), _("Confirm and decline"))


@requires(powers.RECEIVE)
@require_http_methods(["GET", "POST"])
def outcome(request: SignedInRequest, item: UUID) -> HttpResponse:
    """Say what came of an accepted item."""
    sent = item_of_partner(request, item)
    agency = body(sent.agency)
    if agency is None:
        raise Http404
    form = OutcomeForm(agency, typed(request))
    if form.is_valid():
        try:
            referrals.record_outcome(sent, **form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refused:
            show_refusal(form, refused)
        else:
            messages.success(request, _("Outcome recorded. Thank you."))
            return redirect("referral:item", item=sent.pk)
    return _form(request, sent, form, _("Record the outcome"), _("Save outcome"))


def _slice(request: SignedInRequest, sent: Referral) -> HttpResponse:
    now = timezone.now()
    context: dict[str, Any] = {"item": sent, "now": now, **_desk(request)}
    if not reading.open(sent, request.user, now):
        return render(request, "referral/partner_ended.html", context, status=410)
    return render(
        request,
        "referral/partner_item.html",
        {
            **context,
            "shared": partner_view.shared(sent),
            "purpose": partner_view.purpose_title(sent),
            "child": bool(sent.packet.get("child")),
            "steps": REFERRAL.steps(sent, request.user),
            "outcome": partner_view.outcome_title(sent),
        },
    )


def _form(request: SignedInRequest, sent: Referral, form: Any, title: str, button: str) -> HttpResponse:
    if sent.access_until <= timezone.now():
        return _slice(request, sent)
    context = {"item": sent, "form": form, "title": title, "button": button, **_desk(request)}
    return render(request, "referral/partner_form.html", context, status=422 if form.is_bound else 200)


def _desk(request: SignedInRequest) -> dict[str, str]:
    return {"desk": "items", "organisation": queries.agency_name(request.user.organisation)}
