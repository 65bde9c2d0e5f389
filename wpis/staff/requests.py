"""Steps that give somebody more than they have: asked for by an administrator, and confirmed by a second person."""

import uuid
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wpis.accounts.models import User
from wpis.accounts.roles import SURFACE_OF
from wpis.accounts.staff import Kind, RequestState, StaffRequest
from wpis.audit import trail
from wpis.errors import ChangedMeanwhile, Refused
from wpis.powers import CONFIRM_STAFF, MANAGE_STAFF
from wpis.staff import carrying_out
from wpis.staff.addresses import address_of, require_new
from wpis.staff.rules import (
    access_of,
    authorize_surface,
    holds,
    lock_both,
    needs_second,
    require_fitting,
    require_power,
)


@transaction.atomic
def invite(
    email: str,
    name: str,
    role: str,
    *,
    agency: str = "",
    ends_on: date | None = None,
    reason: str,
    by: User,
    at: datetime,
) -> tuple[StaffRequest, str]:
    """Ask for a new account; the enrolment code when it was made at once, else "".

    Raises PermissionDenied, or Refused with the field that is wrong. An address that has an account elsewhere is
    answered like any other (`wpis.staff.addresses`).
    """
    require_power(by, MANAGE_STAFF)
    require_fitting(role, agency, ends_on, by=by, on=_day(at))
    email = User.objects.normalize_email(email).lower()
    request = StaffRequest(
        kind=Kind.INVITE, email=email, name=name, role=role, agency=agency, ends_on=ends_on
    )
    require_new(email, by.surface)
    return _ask(request, reason, by=by, at=at)


@transaction.atomic
def change(
    account: User,
    role: str,
    *,
    agency: str = "",
    ends_on: date | None = None,
    reason: str,
    expected_access: str,
    by: User,
    at: datetime,
) -> StaffRequest:
    """Ask for another role, agency or last day. Raises PermissionDenied, Refused or ChangedMeanwhile."""
    account = lock_both(account, by=by)
    if access_of(account) != expected_access:
        raise ChangedMeanwhile
    require_fitting(role, agency, ends_on, by=by, on=_day(at))
    if (account.role, account.agency, account.ends_on) == (role, agency, ends_on):
        raise Refused(_("Nothing was changed."))
    request = _about(account, Kind.CHANGE)
    request.role, request.agency, request.ends_on = role, agency, ends_on
    return _ask(request, reason, by=by, at=at)[0]


@transaction.atomic
def reopen(
    account: User, *, ends_on: date | None = None, reason: str, by: User, at: datetime
) -> StaffRequest:
    """Ask that a closed account can sign in again. Raises PermissionDenied or Refused."""
    account = lock_both(account, by=by)
    require_fitting(account.role, account.agency, ends_on, by=by, on=_day(at))
    if account.is_open(_day(at)):
        raise Refused(_("This account is open."))
    request = _about(account, Kind.REOPEN)
    request.ends_on = ends_on
    return _ask(request, reason, by=by, at=at)[0]


@transaction.atomic
def ask_reset(account: User, *, reason: str, by: User, at: datetime) -> StaffRequest:
    """Ask that a lost second step of sign-in is removed. Raises PermissionDenied or Refused."""
    account = lock_both(account, by=by)
    if not account.is_open(_day(at)):
        raise Refused(_("This account is closed."))
    return _ask(_about(account, Kind.RESET), reason, by=by, at=at)[0]


@transaction.atomic
def approve(request: StaffRequest, *, by: User, at: datetime) -> str:
    """Confirm what a colleague asked for, and do it; the enrolment code if the step makes one, else "".

    Raises PermissionDenied, or Refused when somebody has decided before, and for what may not happen any more.
    """
    request = _to_decide(request, by=by, at=at)
    if request.asked_at < at - timedelta(days=settings.WPIS_STAFF_REQUEST_DAYS):
        raise Refused(_("This request is too old. It has to be made again."))
    if not holds(request.asked_by, MANAGE_STAFF):
        raise Refused(_("The person who asked is no administrator any more. Refuse the request."))
    if request.kind == Kind.INVITE:
        require_new(request.email, request.surface)
    return _carry_out(request, by=by, at=at)


@transaction.atomic
def refuse(request: StaffRequest, *, by: User, at: datetime) -> None:
    """Say no to a request. Raises PermissionDenied, or Refused when somebody has decided before."""
    request = _to_decide(request, by=by, at=at)
    _decide(request, RequestState.REFUSED, by=by, at=at)
    trail.record("accounts.staff.refuse", by=by, subject=request, kind=request.kind, role=request.role)


@transaction.atomic
def withdraw(request: StaffRequest, *, by: User, at: datetime) -> None:
    """Take back one's own request. Raises PermissionDenied for a colleague's, or Refused when it was decided."""
    require_power(by, MANAGE_STAFF)
    request = _locked(request, by=by)
    if request.asked_by != by:
        raise PermissionDenied("staff.withdraw")
    _decide(request, RequestState.REFUSED, by=by, at=at)
    trail.record("accounts.staff.withdraw", by=by, subject=request, kind=request.kind, role=request.role)


def _about(account: User, kind: str) -> StaffRequest:
    """A request that leaves the account as it is, to be changed by the caller."""
    return StaffRequest(
        kind=kind,
        account=account,
        email=address_of(account),
        name=account.name,
        role=account.role,
        agency=account.agency,
        ends_on=account.ends_on,
    )


def _ask(request: StaffRequest, reason: str, *, by: User, at: datetime) -> tuple[StaffRequest, str]:
    """Store the request; do it at once where one person is enough."""
    request.surface, request.reason = SURFACE_OF[request.role], reason
    request.asked_by, request.asked_at = by, at
    try:
        with transaction.atomic():
            request.save()
    except IntegrityError:
        raise Refused(_("A request about this account waits already.")) from None
    trail.record("accounts.staff.ask", by=by, subject=request, kind=request.kind, role=request.role)
    if needs_second(request.kind, request.role):
        return request, ""
    return request, _carry_out(request, by=by, at=at)


def _to_decide(request: StaffRequest, *, by: User, at: datetime) -> StaffRequest:
    """The request as it is now, locked together with its account, if this person may decide it."""
    if request.account is not None:
        lock_both(request.account, by=by, powers=CONFIRM_STAFF)
    require_power(User.objects.select_for_update(no_key=True).get(pk=by.pk), CONFIRM_STAFF)
    request = _locked(request, by=by)
    if request.asked_by == by:
        raise Refused(_("A second person has to decide: you asked for it yourself."))
    return request


def _locked(request: StaffRequest, *, by: User) -> StaffRequest:
    request = (
        StaffRequest.objects.select_for_update(of=["self"])
        .select_related("account", "asked_by")
        .get(pk=request.pk)
    )
    authorize_surface(request.surface, by=by)
    if not request.waits:
        raise Refused(_("This request was decided already."))
    return request


def _decide(request: StaffRequest, state: RequestState, *, by: User, at: datetime) -> None:
    request.state, request.decided_by, request.decided_at = state, by, at
    request.save(update_fields=["account", "state", "decided_by", "decided_at"])


def _carry_out(request: StaffRequest, *, by: User, at: datetime) -> str:
    """Store the decision first, so that an account is never written before what allows it, then do it."""
    if request.kind == Kind.INVITE:
        request.account_id = uuid.uuid4()  # of the account that comes next; the key is checked at the end
    _decide(request, RequestState.DONE, by=by, at=at)
    code = carrying_out.STEPS[request.kind](request, by=by, at=at)
    if request.asked_by != by:
        trail.record("accounts.staff.approve", by=by, subject=request, kind=request.kind, role=request.role)
    else:
        trail.record("accounts.staff.do", by=by, subject=request, kind=request.kind, role=request.role)
    return code


def _day(at: datetime) -> date:
    return timezone.localdate(at, timezone.get_default_timezone())
