"""Renders a page of the administration of staff in the frame of its surface."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render

from wpis.accounts.models import User
from wpis.accounts.requests import SignedInRequest
from wpis.accounts.staff import StaffRequest
from wpis.audit import trail
from wpis.powers import CONFIRM_STAFF, MANAGE_STAFF, RUN_JOBS
from wpis.staff.rules import holds

FORM_REFUSED = 422


def show(
    request: SignedInRequest,
    template: str,
    *,
    shown: Iterable[UUID] | None = None,
    searched: str = "",
    **context: Any,
) -> HttpResponse:
    """Render `staff/<template>.html`; a form with errors is answered with status 422.

    A page that shows people leaves an audit event: `shown` are their accounts, or their requests while there is none.
    """
    if shown is not None:
        trail.record_list(
            "accounts.staff.read", by=request.user, shown=shown, searched=searched, page=template
        )
    form = context.get("form")
    status = FORM_REFUSED if form is not None and form.is_bound and form.errors else 200
    context |= {
        "frame": f"base_{request.user.surface}.html",
        "manages": holds(request.user, MANAGE_STAFF),
        "confirms": holds(request.user, CONFIRM_STAFF),
        "runs_jobs": RUN_JOBS.held_by(request.user),
    }
    return render(request, f"staff/{template}.html", context, status=status)


def subjects_of(requests: Iterable[StaffRequest]) -> list[UUID]:
    """Whom requests are about: the account, or the request itself while there is no account."""
    return list(dict.fromkeys(row.account_id or row.pk for row in requests))


def show_code(request: SignedInRequest, account: User, code: str) -> HttpResponse:
    """The enrolment code, now and never again: so this answer is a page, not a redirect."""
    return show(
        request, "code", shown=[account.pk], account=account, code=code, hours=settings.WPIS_ENROLMENT_HOURS
    )
