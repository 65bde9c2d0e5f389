"""Referring out: choose a body and a purpose, see exactly what it will see, send, take back."""

import uuid
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from referral import guards, powers, queries
from referral.agencies.directory import agencies
from referral.caseworker.forms.referral import SendForm
from referral.caseworker.views.case import page
from referral.caseworker.views.lookups import case_read, purpose_of, typed
from referral.disclosure import presenters
from referral.disclosure.packet import Withheld
from referral.models import Referral
from referral.referrals import actions as referrals
from wpis.accounts.powers import requires
from wpis.accounts.requests import SignedInRequest
from wpis.errors import Refused
from wpis.ui.refusals import show_refusal


@requires(powers.WORK)
@require_GET
def referral_list(request: SignedInRequest, case: UUID) -> HttpResponse:
    """What was sent and what became of it; below, whom else to refer to."""
    found = case_read(request, case, "referrals")
    items = (
        found.referrals.select_related("sent_by", "answered_by").defer("packet").order_by("-sent_at", "id")
    )
    return page(
        request, "referral/referrals.html", found, "referrals", items=items, agencies=agencies().values()
    )


@requires(powers.WORK)
@require_http_methods(["GET", "POST"])
def preview(request: SignedInRequest, case: UUID, agency: str, purpose: str) -> HttpResponse:
    """Exactly what the body would see and what is withheld and why; sending sends just this."""
    body, use = purpose_of(agency, purpose)
    found = case_read(request, case, "preview")
    now = timezone.now()
    form = SendForm(use, typed(request))
    if form.is_valid():
        data = form.cleaned_data
        try:
            item = referrals.send(
                found,
                body,
                use,
                by=request.user,
                at=now,
                token=data["token"],
                digest=data["digest"],
                reason=data.get("reason", ""),
            )
        except Refused as refused:
            show_refusal(form, refused)
        else:
            messages.success(
                request,
                _("Referral %(reference)s was sent to %(body)s.")
                % {"reference": item.reference, "body": presenters.say(body.name)},
            )
            return redirect("referral:referrals", case=found.pk)
    content = referrals.preview(found, body, use)
    consent = referrals.newest_consent(found, body, use)
    return page(
        request,
        "referral/preview.html",
        found,
        "referrals",
        status=409 if form.is_bound else 200,
        form=form,
        agency=body,
        purpose=use,
        consent=consent,
        obstacles=[] if form.is_bound else guards.sendable(found, body, use, consent, request.user, now),
        shared=[
            (presenters.title(slug), presenters.value(slug, raw)) for slug, raw in content.shared.items()
        ],
        not_agreed=[
            presenters.title(slug) for slug, why in content.withheld.items() if why == Withheld.NOT_AGREED
        ],
        not_in_mandate=[
            presenters.title(slug) for slug, why in content.withheld.items() if why == Withheld.NOT_IN_MANDATE
        ],
        token=form["token"].value() if form.is_bound else uuid.uuid4(),
        digest=content.digest,
        answer_due=body.answer_due(now),
        access_until=referrals.access_until(body, use, consent, now),
    )


@requires(powers.WORK)
@require_http_methods(["GET", "POST"])
def withdraw(request: SignedInRequest, case: UUID, item: UUID) -> HttpResponse:
    """Ask before a referral is taken back; then take it back."""
    found = case_read(request, case, "withdraw")
    sent = get_object_or_404(Referral.objects.select_related("case"), pk=item, case=found)
    reasons: list[str] = []
    if request.method == "POST":
        try:
            referrals.withdraw(sent, by=request.user, at=timezone.now())
        except Refused as refused:
            reasons = refused.reasons
        else:
            messages.success(request, _("The referral was taken back."))
            return redirect("referral:referrals", case=found.pk)
    return page(
        request,
        "referral/withdraw.html",
        found,
        "referrals",
        status=409 if reasons else 200,
        item=sent,
        body_name=queries.agency_name(sent.agency),
        reasons=reasons,
    )
