"""Delegates of a company: invite somebody, send the letter again, withdraw the invitation, dismiss."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from permits import powers
from permits.actions import delegates
from permits.employer.company_page import company_page
from permits.employer.forms import DelegateForm
from permits.employer.scope import led_employer
from permits.models import DelegateInvitation
from permits.queries import people_of
from wpis import clock
from wpis.accounts.changing.fresh import fresh_authentication
from wpis.accounts.changing.notices import tell
from wpis.accounts.powers import requires
from wpis.accounts.requests import SignedInRequest
from wpis.audit.reading import reads
from wpis.errors import Refused
from wpis.ui.refusals import attempt


@requires(powers.NAME_DELEGATES)
@require_POST
@fresh_authentication
@reads("permits.employer.read")
def invite(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Invite whoever reads the mail of an address; the answer says nothing about who that is."""
    employer, form = led_employer(request, pk), DelegateForm(request.POST)
    if attempt(
        form,
        lambda: delegates.invite(
            employer,
            form.cleaned_data["email"],
            by=request.user,
            at=clock.now(),
            language=get_language() or "hy",
        ),
    ):
        tell(request.user, "account/notices/delegate_named", company=employer)
        messages.success(request, _("The invitation is sent. You see here when it is accepted."))
        return redirect("employer:company", pk)
    return company_page(request, employer, delegate_form=form)


@requires(powers.NAME_DELEGATES)
@require_POST
@fresh_authentication
def resend(request: SignedInRequest, pk: UUID, invitation: UUID) -> HttpResponse:
    """Send the letter of an open invitation again."""
    return _step(request, pk, invitation, delegates.resend, _("The invitation is sent again."))


@requires(powers.NAME_DELEGATES)
@require_POST
def withdraw(request: SignedInRequest, pk: UUID, invitation: UUID) -> HttpResponse:
    """Take an invitation back."""
    return _step(request, pk, invitation, delegates.withdraw, _("The invitation is withdrawn."))


@requires(powers.NAME_DELEGATES)
@require_POST
def dismiss(request: SignedInRequest, pk: UUID, person: UUID) -> HttpResponse:
    """Take the right to file back."""
    employer = led_employer(request, pk)
    delegate = get_object_or_404(people_of(employer), pk=person)
    try:
        delegates.dismiss(employer, delegate, by=request.user, at=clock.now())
        messages.success(request, _("%(name)s may no longer file for the company.") % {"name": delegate})
    except Refused as refused:
        messages.error(request, " ".join(str(reason) for reason in refused.reasons))
    return redirect("employer:company", pk)


def _step(
    request: SignedInRequest, pk: UUID, invitation: UUID, act: Callable[..., object], done: str
) -> HttpResponse:
    rows = DelegateInvitation.objects.filter(employer=led_employer(request, pk))
    try:
        act(get_object_or_404(rows, pk=invitation), by=request.user, at=clock.now())
        messages.success(request, done)
    except Refused as refused:
        messages.error(request, " ".join(str(reason) for reason in refused.reasons))
    return redirect("employer:company", pk)
