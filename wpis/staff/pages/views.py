"""Pages of an administrator: the accounts of the surface, one account, and the steps on it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wpis import clock
from wpis.accounts.changing.fresh import fresh_authentication
from wpis.accounts.models import User
from wpis.accounts.requests import SignedInRequest
from wpis.accounts.staff import Reason
from wpis.audit.reading import reads
from wpis.staff import requests
from wpis.staff.pages import queries
from wpis.staff.pages.forms import AccessForm, InvitationForm, ReasonForm, SearchForm
from wpis.staff.pages.rendering import show, show_code, subjects_of
from wpis.staff.pages.steps import STEPS, steps_for
from wpis.staff.rules import access_of
from wpis.ui.expected import as_read
from wpis.ui.refusals import attempt

PAGE = 50
JOINING = [Reason.STARTS, Reason.RETURNS]
CHANGING = [Reason.MOVES, Reason.LEAVES, Reason.RETURNS, Reason.MISTAKE]


@require_safe
@reads("accounts.staff.read")
def accounts(request: SignedInRequest) -> HttpResponse:
    """Everybody who works on this surface."""
    form = SearchForm(request.GET or None)
    text = form.cleaned_data["text"] if form.is_valid() else ""
    page = Paginator(queries.accounts_on(request.user.surface, text), PAGE).get_page(request.GET.get("page"))
    waiting = list(queries.waiting_on(request.user.surface))
    return show(
        request,
        "accounts",
        shown=[*(row.pk for row in page), *subjects_of(waiting)],
        searched=text,
        desk="accounts",
        form=form,
        page=page,
        lines=queries.lines(list(page), clock.today()),
        waiting=waiting,
    )


@fresh_authentication
def invite(request: SignedInRequest) -> HttpResponse:
    """Ask for a new account, or make it where one person is enough."""
    form = InvitationForm(request.POST or None, surface=request.user.surface, reasons=JOINING)
    made: dict[str, Any] = {}

    def act() -> None:
        given = form.cleaned_data
        asked, code = requests.invite(
            given["email"], given["name"], given["role"], **form.access, by=request.user, at=clock.now()
        )
        made.update(asked=asked, code=code)

    if request.method == "POST" and attempt(form, act):
        if made["code"]:
            return show_code(request, made["asked"].account, made["code"])
        messages.success(request, _("A second person has to confirm the new account now."))
        return redirect("staff:accounts")
    return show(request, "invite", desk="invite", form=form)


@require_safe
@reads("accounts.staff.read")
def account(request: SignedInRequest, account: UUID) -> HttpResponse:
    """One account: what it is for, what may be done with it, what was asked for about it."""
    found, today = _found(request, account), clock.today()
    (line,) = queries.lines([found], today)
    steps = steps_for(found, is_open=found.is_open(today), has_factor=found.has_factor)  # type: ignore[attr-defined]
    return show(
        request,
        "account",
        shown=[found.pk],
        desk="accounts",
        line=line,
        steps=steps if found != request.user else [],
        history=queries.requests_on(request.user.surface).filter(account=found)[:20],
    )


@fresh_authentication
@reads("accounts.staff.read")
def change(request: SignedInRequest, account: UUID) -> HttpResponse:
    """Another role, agency or last day."""
    found = _found(request, account)
    initial = {"role": found.role, "agency": found.agency, "ends_on": found.ends_on}
    form = AccessForm(request.POST or None, initial=initial, surface=request.user.surface, reasons=CHANGING)

    def act() -> None:
        asked = requests.change(
            found,
            form.cleaned_data["role"],
            **form.access,
            expected_access=request.POST.get("access", ""),
            by=request.user,
            at=clock.now(),
        )
        said = (
            _("A second person has to confirm the change now.")
            if asked.waits
            else _("The account was changed.")
        )
        messages.success(request, said)

    if request.method == "POST" and attempt(form, act):
        return redirect("staff:account", found.pk)
    read = as_read(request, "access", access_of(found))
    return show(request, "change", shown=[found.pk], desk="accounts", account=found, form=form, read=read)


@fresh_authentication
@reads("accounts.staff.read")
def step(request: SignedInRequest, account: UUID, step: str) -> HttpResponse:
    """One step that asks for a reason, with what it does."""
    chosen = STEPS.get(step)
    if chosen is None:
        raise Http404
    found = _found(request, account)
    form = ReasonForm(request.POST or None, reasons=chosen.reasons)
    code = ""

    def act() -> None:
        nonlocal code
        code = chosen.take(found, form.cleaned_data["reason"], by=request.user, at=clock.now())

    if request.method == "POST" and attempt(form, act):
        if code:
            return show_code(request, found, code)
        messages.success(request, str(chosen.done))
        return redirect("staff:account", found.pk)
    return show(request, "step", shown=[found.pk], desk="accounts", account=found, step=chosen, form=form)


def _found(request: SignedInRequest, account: UUID) -> User:
    found: User = get_object_or_404(queries.accounts_on(request.user.surface), pk=account)
    return found
