"""Steps that one administrator takes alone: they take away, or repeat what an earlier step has given."""

from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wpis.accounts.changing.ending_sessions import end_sessions as end_all
from wpis.accounts.factors import factors_of
from wpis.accounts.models import EnrolmentCode, User
from wpis.audit import trail
from wpis.errors import Refused
from wpis.second_factor.codes import issue_code
from wpis.staff import letters
from wpis.staff.addresses import address_of, is_placeholder
from wpis.staff.rules import lock_both


@transaction.atomic
def close(account: User, *, reason: str, by: User, at: datetime) -> None:
    """Close an account: its sessions and tokens end with their next request. Raises PermissionDenied or Refused."""
    account = lock_both(account, by=by)
    if not account.is_active:
        raise Refused(_("This account is closed."))
    account.is_active = False
    account.save(update_fields=["is_active"])
    end_all(account)
    EnrolmentCode.objects.filter(account=account, used_at=None, ends_at__gt=at).update(ends_at=at)
    trail.record("accounts.staff.close", by=by, subject=account, reason=reason)
    letters.closed(account)


@transaction.atomic
def end_sessions(account: User, *, reason: str, by: User, at: datetime) -> None:
    """End every session of an account; it can sign in again at once. Raises PermissionDenied or Refused."""
    account = lock_both(account, by=by)
    end_all(account)
    trail.record("accounts.staff.end_sessions", by=by, subject=account, reason=reason)


@transaction.atomic
def repeat_invitation(account: User, *, reason: str, by: User, at: datetime) -> str:
    """A new enrolment code for somebody without a second factor, and the letter once more without a password.

    Raises PermissionDenied, or Refused once there is a factor: that takes two persons.
    """
    account = lock_both(account, by=by)
    if not account.is_open(_day(at)):
        raise Refused(_("This account is closed."))
    if factors_of(account).exists():
        raise Refused(
            _("This account has a second step of sign-in. A second person has to confirm its removal.")
        )
    if is_placeholder(account):
        letters.address_taken(account, address_of(account))
    elif not account.has_usable_password():
        letters.invitation(account)
    trail.record("accounts.staff.repeat_invitation", by=by, subject=account, reason=reason)
    return issue_code(account, by=by, at=at)


@transaction.atomic
def close_ended(*, at: datetime) -> int:
    """Close the accounts of this surface whose last day is over; how many. They could not sign in since then."""
    ended = User.objects.select_for_update(no_key=True, skip_locked=True).filter(
        is_active=True, ends_on__lt=_day(at), surface=settings.WPIS_SURFACE
    )
    accounts = list(ended)
    for account in accounts:
        account.is_active = False
        account.save(update_fields=["is_active"])
        end_all(account)
        trail.record("accounts.staff.close", by=None, subject=account, reason="last day")
    return len(accounts)


def _day(at: datetime) -> date:
    return timezone.localdate(at, timezone.get_default_timezone())
