"""Renders the page of one company: its data, who may file for it, who is invited, and tokens for programs."""

from django.http import HttpResponse
from django.shortcuts import render

from permits.companies.reasons import RefusalReason
from permits.companies.workflow import COMPANY
from permits.employer.company import invitations_of, tokens_of
from permits.employer.forms import DelegateForm, TokenForm
from permits.models import Employer
from permits.queries import leads, people_of
from permits.states import CompanyState
from wpis import clock
from wpis.accounts.models import User
from wpis.accounts.requests import SignedInRequest
from wpis.audit import trail

KIND_OF_TAG: dict[str, str] = {CompanyState.WAITING: "warn", CompanyState.VERIFIED: "ok"}


def company_page(
    request: SignedInRequest,
    employer: Employer,
    delegate_form: DelegateForm | None = None,
    token_form: TokenForm | None = None,
) -> HttpResponse:
    """The page, with the form that was refused."""
    now = clock.now()
    trail.record("permits.employer.read", by=request.user, subject=employer, page="company")
    context = {
        "company": employer,
        "said": said_of(employer),
        "kind_of_tag": KIND_OF_TAG.get(employer.state, ""),
        "can_answer": can_answer(employer, request.user),
        "leads": leads(request.user, employer),
        "people": people_of(employer),
        "invitations": invitations_of(employer, now),
        "tokens": tokens_of(employer, now),
        "delegate_form": delegate_form or DelegateForm(auto_id="delegate_%s"),
        "token_form": token_form or TokenForm(auto_id="token_%s"),
        "form": delegate_form or token_form,
    }
    return render(
        request, "permits/employer/companies/company.html", context, status=422 if context["form"] else 200
    )


def can_answer(employer: Employer, user: User) -> bool:
    """Whether the page offers an answer."""
    return leads(user, employer) and not COMPANY.refusals(employer, "answer", user)


def said_of(employer: Employer) -> str:
    """What the office asks, or why it did not verify the company; empty when there is nothing to say."""
    if employer.state not in (CompanyState.WAITING, CompanyState.REFUSED):
        return ""
    step = "ask" if employer.state == CompanyState.WAITING else "refuse"
    last = employer.changes.filter(step=step).latest("at")
    return last.reason if step == "ask" else str(RefusalReason(last.reason).label)
