"""Asking the person, and taking an agreement back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from referral import powers, queries
from referral.agencies.directory import agencies
from referral.caseworker.forms.consent import ConsentForm
from referral.caseworker.views.case import page
from referral.caseworker.views.lookups import case_read, purpose_of, typed
from referral.consent import actions as consents
from referral.disclosure import presenters
from referral.guards import consent_missing
from referral.models import Consent
from wpis.accounts.powers import requires
from wpis.accounts.requests import SignedInRequest
from wpis.errors import Refused
from wpis.ui.refusals import show_refusal


@requires(powers.WORK)
@require_GET
def consent_list(request: SignedInRequest, case: UUID) -> HttpResponse:
    """Every body and purpose with the person's newest answer."""
    found = case_read(request, case, "consents")
    now = timezone.now()
    newest = {(answer.agency, answer.purpose): answer for answer in queries.newest_consents(found)}
    questions = []
    for agency in agencies().values():
        for purpose in agency.purposes.values():
            answer = newest.get((agency.slug, purpose.slug))
            problem = consent_missing(purpose, answer, now)
            questions.append(
                {
                    "agency": agency,
                    "purpose": purpose,
                    "answer": answer,
                    "problem": problem[0] if problem else "",
                }
            )
    return page(request, "referral/consents.html", found, "consents", questions=questions)


@requires(powers.WORK)
@require_http_methods(["GET", "POST"])
def ask(request: SignedInRequest, case: UUID, agency: str, purpose: str) -> HttpResponse:
    """Record the answer to one question: one body, one purpose."""
    body, use = purpose_of(agency, purpose)
    found = case_read(request, case, "ask")
    form = ConsentForm(use, typed(request), initial={"language": found.language})
    if form.is_valid():
        try:
            consents.record(found, body, use, form.reply(), by=request.user, at=timezone.now())
        except Refused as refused:
            show_refusal(form, refused)
        else:
            messages.success(request, _("Answer recorded."))
            return redirect("referral:consents", case=found.pk)
    return page(
        request,
        "referral/ask.html",
        found,
        "consents",
        status=422 if form.is_bound else 200,
        form=form,
        agency=body,
        purpose=use,
        fields=[presenters.title(slug) for slug in use.fields],
    )


@requires(powers.WORK)
@require_http_methods(["GET", "POST"])
def take_back(request: SignedInRequest, case: UUID, consent: UUID) -> HttpResponse:
    """Say what ending an agreement does and what it cannot undo; then do it."""
    found = case_read(request, case, "take_back")
    given = get_object_or_404(Consent, pk=consent, case=found)
    reasons: list[str] = []
    if request.method == "POST":
        try:
            consents.withdraw(given, by=request.user, at=timezone.now())
        except Refused as refused:
            reasons = refused.reasons
        else:
            messages.success(
                request, _("The agreement has ended. The body can no longer open what was sent.")
            )
            return redirect("referral:consents", case=found.pk)
    return page(
        request,
        "referral/take_back.html",
        found,
        "consents",
        status=409 if reasons else 200,
        consent=given,
        body_name=queries.agency_name(given.agency),
        items=given.referrals.order_by("sent_at", "id").defer("packet"),
        reasons=reasons,
    )
