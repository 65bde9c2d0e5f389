"""Does what a request says, once it may be done: makes the account, changes it, removes its second factor."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction

from wpis.accounts.changing.ending_sessions import end_sessions
from wpis.accounts.factors import factors_of
from wpis.accounts.models import User
from wpis.accounts.staff import Kind, StaffRequest
from wpis.audit import trail
from wpis.audit.searches import keyed
from wpis.second_factor.codes import issue_code
from wpis.staff import letters
from wpis.staff.addresses import is_placeholder, placeholder


class _Step(Protocol):
    def __call__(self, request: StaffRequest, *, by: User | None, at: datetime) -> str: ...


def make_account(request: StaffRequest, *, by: User | None, at: datetime) -> str:
    """An account without a password, a letter with the link to set one, and the enrolment code beside it.

    Where the address is somebody's already, what the administrator sees is the same (`wpis.staff.addresses`).
    """
    try:
        with transaction.atomic():
            account = _new_account(request, request.email, at=at)
            # The letter with the link goes to this address alone, so whoever sets the password reads its mail.
            EmailAddress.objects.create(user=account, email=account.email, verified=True, primary=True)
    except IntegrityError:
        account = _new_account(request, placeholder(), at=at)
    request.account = account
    trail.record("accounts.staff.invite", by=by, subject=account, role=account.role)
    if is_placeholder(account):
        trail.record("accounts.staff.address_taken", by=by, subject=account, account=keyed(request.email))
        letters.address_taken(account, request.email)
    else:
        letters.invitation(account)
    return issue_code(account, by=by, at=at)


def change_account(request: StaffRequest, *, by: User | None, at: datetime) -> str:
    """Another role or agency ends every session and, by the rules of tokens, what was made in the old one."""
    account = _account(request)
    moved = (account.role, account.agency) != (request.role, request.agency)
    account.role, account.agency, account.ends_on = request.role, request.agency, request.ends_on
    if moved:
        account.tokens_from = at
    account.save(update_fields=["role", "surface", "agency", "ends_on", "tokens_from"])
    if moved:
        end_sessions(account)
    trail.record("accounts.staff.change", by=by, subject=account, role=account.role)
    letters.changed(account)
    return ""


def reopen_account(request: StaffRequest, *, by: User | None, at: datetime) -> str:
    """Open again with the password and factor of before; somebody without a factor gets an enrolment code."""
    account = _account(request)
    account.is_active, account.ends_on = True, request.ends_on
    account.save(update_fields=["is_active", "ends_on"])
    trail.record("accounts.staff.reopen", by=by, subject=account)
    letters.reopened(account)
    return "" if factors_of(account).exists() else issue_code(account, by=by, at=at)


def reset_factor(request: StaffRequest, *, by: User | None, at: datetime) -> str:
    """Remove every factor and the recovery codes, end the sessions; the person starts anew with an enrolment code."""
    account = _account(request)
    Authenticator.objects.filter(user=account).delete()
    account.tokens_from = at
    account.save(update_fields=["tokens_from"])
    end_sessions(account)
    trail.record("accounts.staff.reset_factor", by=by, subject=account)
    letters.factor_reset(account)
    return issue_code(account, by=by, at=at)


STEPS: Mapping[str, _Step] = {
    Kind.INVITE: make_account,
    Kind.CHANGE: change_account,
    Kind.REOPEN: reopen_account,
    Kind.RESET: reset_factor,
}


def _new_account(request: StaffRequest, email: str, *, at: datetime) -> User:
    return User.objects.create_user(
        email,
        None,
        id=request.account_id or uuid.uuid4(),
        name=request.name,
        role=request.role,
        agency=request.agency,
        ends_on=request.ends_on,
        joined_at=at,
    )


def _account(request: StaffRequest) -> User:
    assert request.account is not None
    return User.objects.select_for_update(no_key=True).get(pk=request.account.pk)
