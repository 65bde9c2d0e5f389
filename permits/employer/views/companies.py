"""Companies: register one, see it, add and remove delegates, issue and revoke tokens."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from permits import powers
from permits.actions import employers, tokens
from permits.employer.company import people_of, tokens_of, with_account
from permits.employer.forms import CompanyForm, DelegateForm, TokenForm
from permits.employer.scope import led_employer, own_employer
from permits.models import Employer
from permits.queries import employers_of
from wpis import clock
from wpis.accounts.changing.fresh import fresh_authentication
from wpis.accounts.changing.notices import tell
from wpis.accounts.powers import requires
from wpis.accounts.requests import SignedInRequest
from wpis.audit import trail
from wpis.audit.reading import reads
from wpis.errors import Refused
from wpis.ui.refusals import show_refusal


@requires(powers.FILE)
@require_safe
def company_list(request: SignedInRequest) -> HttpResponse:
    """The companies of this account; with a single one, that one."""
    found = list(employers_of(request.user))
    if len(found) == 1:
        return redirect("employer:company", found[0].pk)
    context = {"companies": found, "may_register": powers.REGISTER_EMPLOYER.held_by(request.user)}
    return render(request, "permits/employer/companies/companies.html", context)


@requires(powers.REGISTER_EMPLOYER)
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: SignedInRequest) -> HttpResponse:
    """Register a company; the tax number can be registered once."""
    form = CompanyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            employers.register(by=request.user, at=clock.now(), **form.cleaned_data)
            messages.success(request, _("The company is registered. You can apply now."))
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
    return _page(request, own_employer(request, pk))


@requires(powers.NAME_DELEGATES)
@require_POST
@fresh_authentication
@reads("permits.employer.read")
def name_delegate(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Let the account with this e-mail address file for the company."""
    employer, form = led_employer(request, pk), DelegateForm(request.POST)
    if form.is_valid():
        try:
            delegate = with_account(form.cleaned_data["email"])
            employers.name_delegate(employer, delegate, by=request.user, at=clock.now())
            tell(request.user, "account/notices/delegate_named", company=employer)
            messages.success(request, _("%(name)s may file for the company now.") % {"name": delegate})
            return redirect("employer:company", pk)
        except Refused as refused:
            show_refusal(form, refused)
    return _page(request, employer, delegate_form=form)


@requires(powers.NAME_DELEGATES)
@require_POST
def dismiss_delegate(request: SignedInRequest, pk: UUID, person: UUID) -> HttpResponse:
    """Take the right to file back."""
    employer = led_employer(request, pk)
    delegate = get_object_or_404(people_of(employer), pk=person)
    try:
        employers.dismiss_delegate(employer, delegate, by=request.user, at=clock.now())
        messages.success(request, _("%(name)s may no longer file for the company.") % {"name": delegate})
    except Refused as refused:
        messages.error(request, " ".join(str(reason) for reason in refused.reasons))
    return redirect("employer:company", pk)


@requires(powers.FILE)
@require_POST
@fresh_authentication
@reads("permits.employer.read", "permits.token.issue")
def issue_token(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Make a token and show its secret, now and never again: so this answer is a page, not a redirect."""
    employer, form = own_employer(request, pk), TokenForm(request.POST)
    if not form.is_valid():
        return _page(request, employer, token_form=form)
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


def _page(
    request: SignedInRequest,
    employer: Employer,
    delegate_form: DelegateForm | None = None,
    token_form: TokenForm | None = None,
) -> HttpResponse:
    trail.record("permits.employer.read", by=request.user, subject=employer, page="company")
    context = {
        "company": employer,
        "leads": powers.NAME_DELEGATES.held_by(request.user)
        and request.user.has_perm(employers.LEAD, employer),
        "people": people_of(employer),
        "tokens": tokens_of(employer, clock.now()),
        "delegate_form": delegate_form or DelegateForm(auto_id="delegate_%s"),
        "token_form": token_form or TokenForm(auto_id="token_%s"),
        "form": delegate_form or token_form,
    }
    return render(
        request, "permits/employer/companies/company.html", context, status=422 if context["form"] else 200
    )
