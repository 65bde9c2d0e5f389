"""Companies: register one, see it, issue and revoke tokens."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from permits import powers
from permits.actions import employers, tokens
from permits.companies.inviting import open_invitations
from permits.employer.company import tokens_of
from permits.employer.company_page import company_page
from permits.employer.forms import CompanyForm, TokenForm
from permits.employer.scope import own_employer
from permits.queries import employers_of
from wpis import clock
from wpis.accounts.changing.fresh import fresh_authentication
from wpis.accounts.changing.notices import tell
from wpis.accounts.powers import requires
from wpis.accounts.requests import SignedInRequest
from wpis.audit.reading import reads
from wpis.errors import Refused
from wpis.rate_limits.limiter import RateLimit, check_rate_limit
from wpis.ui.refusals import show_refusal

CLAIMS = RateLimit("companies of an account", 10, timedelta(days=1))
"""An officer looks at each of them."""


@requires(powers.FILE)
@require_safe
def company_list(request: SignedInRequest) -> HttpResponse:
    """The companies of this account; with a single one, that one."""
    found = list(employers_of(request.user))
    if len(found) == 1:
        return redirect("employer:company", found[0].pk)
    context = {
        "companies": found,
        "invited": open_invitations(request.user, clock.now()).count(),
        "may_register": powers.REGISTER_EMPLOYER.held_by(request.user),
    }
    return render(request, "permits/employer/companies/companies.html", context)


@requires(powers.REGISTER_EMPLOYER)
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: SignedInRequest) -> HttpResponse:
    """Register a company. The answer is the same whoever else has claimed its tax number."""
    form = CompanyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        now = clock.now()
        try:
            if check_rate_limit(CLAIMS, str(request.user.pk), at=now) is not None:
                raise Refused(_("You have registered many companies today. Try again tomorrow."))
            employers.register(by=request.user, at=now, language=get_language() or "hy", **form.cleaned_data)
            messages.success(
                request,
                _("The company is registered. You can apply now; meanwhile we verify that you act for it."),
            )
            return redirect("employer:home")
        except Refused as refused:
            show_refusal(form, refused)
    return render(
        request,
        "permits/employer/companies/register.html",
        {"form": form},
        status=422 if form.errors else 200,
    )


@requires(powers.FILE)
@require_safe
@reads("permits.employer.read")
def company(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """One company: its data, who may file for it, and tokens for programs."""
    return company_page(request, own_employer(request, pk))


@requires(powers.FILE)
@require_POST
@fresh_authentication
@reads("permits.employer.read", "permits.token.issue")
def issue_token(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Make a token and show its secret, now and never again: so this answer is a page, not a redirect."""
    employer, form = own_employer(request, pk), TokenForm(request.POST)
    if not form.is_valid():
        return company_page(request, employer, token_form=form)
    token, secret = tokens.issue(employer, form.cleaned_data["label"], by=request.user, at=clock.now())
    tell(request.user, "account/notices/token_made", label=token.label)
    return render(
        request,
        "permits/employer/companies/token.html",
        {"company": employer, "token": token, "secret": secret},
    )


@requires(powers.FILE)
@require_POST
def revoke_token(request: SignedInRequest, pk: UUID, token: UUID) -> HttpResponse:
    """End a token of this company."""
    found = get_object_or_404(tokens_of(own_employer(request, pk), clock.now()), pk=token)
    tokens.revoke(found, by=request.user, at=clock.now())
    tell(found.user, "account/notices/token_revoked", label=found.label)
    messages.success(request, _("The token is revoked."))
    return redirect("employer:company", pk)
