"""The referrals of a case: what was sent, the preview that sends one, withdrawing one."""

import uuid
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from referral import powers
from referral.agencies.directory import agencies
from referral.caseworker import presenters
from referral.caseworker.forms.referral import SendForm
from referral.caseworker.lookups import agency_and_purpose, case_or_404, need_to_know
from referral.caseworker.views.page import case_page
from referral.forms import posted
from referral.models import Referral
from referral.referrals import actions as referrals
from referral.referrals.guards import sendable
from wpis import clock
from wpis.accounts.powers import requires
from wpis.accounts.requests import SignedInRequest
from wpis.audit.reading import reads
from wpis.errors import Refused
from wpis.languages.reader import translated
from wpis.ui.refusals import show_refusal


@requires(powers.WORK)
@require_GET
@need_to_know
@reads("referral.case.read")
def referral_list(request: SignedInRequest, case: UUID) -> HttpResponse:
    """What was sent and what became of it; below, whom else to refer to."""
    found = case_or_404(request, case, "referrals")
    sent = found.referrals.select_related("sent_by", "answered_by").defer("packet").order_by("-sent_at", "id")
    context: dict[str, Any] = {"referrals": sent, "agencies": agencies().values()}
    return case_page(request, "referrals/list.html", found, "referrals", **context)


@requires(powers.WORK)
@require_http_methods(["GET", "POST"])
@need_to_know
@reads("referral.case.read")
def preview(request: SignedInRequest, case: UUID, agency: str, purpose: str) -> HttpResponse:
    """Exactly what the agency would see and what is withheld and why; sending sends just this."""
    to, use = agency_and_purpose(agency, purpose)
    found = case_or_404(request, case, "preview")
    now = clock.now()
    form = SendForm(use, posted(request))
    if form.is_valid():
        try:
            sent = referrals.send(found, to, use, **form.sending(), by=request.user, at=now)
        except Refused as refused:
            show_refusal(form, refused)
        else:
            said = {"reference": sent.reference, "agency": translated(to.name)}
            messages.success(request, _("Referral %(reference)s was sent to %(agency)s.") % said)
            return redirect("referral:referrals", case=found.pk)
    context = presenters.preview(found, to, use, at=now)
    if not form.is_bound:
        context["obstacles"] = sendable(found, to, use, context["consent"], by=request.user, at=now)
    token = form["token"].value() if form.is_bound else uuid.uuid4()
    status = 409 if form.is_bound else 200
    return case_page(
        request,
        "referrals/preview.html",
        found,
        "referrals",
        status=status,
        form=form,
        token=token,
        **context,
    )


@requires(powers.WORK)
@require_http_methods(["GET", "POST"])
@need_to_know
@reads("referral.case.read")
def withdraw(request: SignedInRequest, case: UUID, item: UUID) -> HttpResponse:
    """Ask before a referral is withdrawn; then withdraw it."""
    found = case_or_404(request, case, "withdraw")
    sent = get_object_or_404(Referral.objects.select_related("case"), pk=item, case=found)
    reasons: list[str] = []
    if request.method == "POST":
        try:
            referrals.withdraw(sent, by=request.user, at=clock.now())
        except Refused as refused:
            reasons = refused.reasons
        else:
            messages.success(request, _("The referral was taken back."))
            return redirect("referral:referrals", case=found.pk)
    status = 409 if reasons else 200
    context = {"referral": sent, "reasons": reasons}
    return case_page(request, "referrals/withdraw.html", found, "referrals", status=status, **context)
