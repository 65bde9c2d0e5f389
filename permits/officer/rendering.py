"""Renders a page of the office with the navigation rail and its counts; each page of a file is recorded as read."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from permits import powers
from permits.models import Application
from permits.officer.tabs import COMPANIES, TABS, counts
from permits.queries import overrides_waiting
from wpis import clock
from wpis.accounts.models import User
from wpis.accounts.requests import SignedInRequest
from wpis.audit import trail

FORM_REFUSED = 422


def show(
    request: SignedInRequest, template: str, *, tab: str = "", status: int = 200, **context: Any
) -> HttpResponse:
    """Render `permits/officer/<template>.html`; a form with errors is answered with status 422.

    A page with a `file` in its context leaves an audit event: which page of which file.
    """
    assert isinstance(request.user, User)
    if isinstance(file := context.get("file"), Application):
        page = template.rpartition("/")[2]
        trail.record("permits.file.read", by=request.user, subject=file, page=page)
    many = counts(request.user, clock.today())
    form = context.get("form")
    if status == 200 and form is not None and form.is_bound and form.errors:
        status = FORM_REFUSED
    rail = [
        (key, entry.label, many.get(key))
        for key, entry in TABS.items()
        if key == tab or many.get(key) != "0" or not entry.only_with_files
    ]
    overrides = overrides_waiting() if powers.OVERRIDE.held_by(request.user) else None
    return render(
        request,
        f"permits/officer/{template}.html",
        {
            **context,
            "rail": rail,
            "tab": tab,
            "companies_waiting": many[COMPANIES],
            "overrides_waiting": overrides,
        },
        status=status,
    )
