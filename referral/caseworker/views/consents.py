"""The person's answers: all of them, recording one, withdrawing one."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from referral import powers
from referral.agencies.directory import find_purpose
from referral.caseworker import presenters
from referral.caseworker.forms.consent import ConsentForm
from referral.caseworker.lookups import agency_and_purpose, case_or_404, need_to_know
from referral.caseworker.views.page import case_page
from referral.consent import actions as consents
from referral.disclosure.presenters import title
from referral.forms import posted
from referral.models import Consent
from referral.states import Answer
from wpis import clock
from wpis.accounts.powers import requires
from wpis.accounts.requests import SignedInRequest
from wpis.audit.reading import reads
from wpis.errors import Refused
from wpis.ui.refusals import show_refusal

_NO_LONGER = gettext_lazy("The consent is withdrawn. The agency can no longer open what was sent.")
_READS_ON = gettext_lazy(
    "The consent is withdrawn. The law still lets the agency open what was sent, because of a danger to life."
)


@requires(powers.WORK)
@require_GET
@need_to_know
@reads("referral.case.read")
def consent_list(request: SignedInRequest, case: UUID) -> HttpResponse:
    """Every agency and purpose with the person's newest answer."""
    found = case_or_404(request, case, "consents")
    questions = presenters.questions(found, clock.now())
    return case_page(request, "consents/list.html", found, "consents", questions=questions)


@requires(powers.WORK)
@require_http_methods(["GET", "POST"])
@need_to_know
@reads("referral.case.read")
def ask(request: SignedInRequest, case: UUID, agency: str, purpose: str) -> HttpResponse:
    """Record the answer to one question: one agency, one purpose."""
    to, use = agency_and_purpose(agency, purpose)
    found = case_or_404(request, case, "ask")
    form = ConsentForm(use, posted(request), initial={"language": found.language})
    if form.is_valid():
        try:
            consents.record(found, to, use, form.reply(), by=request.user, at=clock.now())
        except Refused as refused:
            show_refusal(form, refused)
        else:
            messages.success(request, _("Answer recorded."))
            return redirect("referral:consents", case=found.pk)
    context = {"form": form, "receiver": to, "purpose": use, "fields": [title(slug) for slug in use.fields]}
    status = 422 if form.is_bound else 200
    return case_page(request, "consents/ask.html", found, "consents", status=status, **context)


@requires(powers.WORK)
@require_http_methods(["GET", "POST"])
@need_to_know
@reads("referral.case.read")
def take_back(request: SignedInRequest, case: UUID, consent: UUID) -> HttpResponse:
    """Say what withdrawing a consent does and what it cannot undo; then withdraw it."""
    found = case_or_404(request, case, "take_back")
    given = get_object_or_404(Consent, pk=consent, case=found, answer=Answer.YES)
    purpose = find_purpose(given.agency, given.purpose)
    reads_on = purpose is not None and purpose.overrides_refusal
    reasons: list[str] = []
    if request.method == "POST":
        try:
            consents.withdraw(given, by=request.user, at=clock.now())
        except Refused as refused:
            reasons = refused.reasons
        else:
            messages.success(request, _READS_ON if reads_on else _NO_LONGER)
            return redirect("referral:consents", case=found.pk)
    sent = found.referrals.filter(agency=given.agency, purpose=given.purpose)
    context = {
        "consent": given,
        "referrals": sent.order_by("sent_at", "id").defer("packet"),
        "reads_on": reads_on,
        "reasons": reasons,
    }
    status = 409 if reasons else 200
    return case_page(request, "consents/take_back.html", found, "consents", status=status, **context)
