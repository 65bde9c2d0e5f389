"""One-time enrolment codes: made by an administrator, given to the person in another way than the letter."""

import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.crypto import salted_hmac

from wpis.accounts.models import EnrolmentCode, User
from wpis.audit import trail

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # nothing that is read as something else
GROUPS, LETTERS = 4, 4


def issue_code(account: User, *, by: User | None, at: datetime) -> str:
    """Make a code and end every earlier one. It is returned this once; the database keeps a digest."""
    code = "-".join("".join(secrets.choice(ALPHABET) for _ in range(LETTERS)) for _ in range(GROUPS))
    EnrolmentCode.objects.filter(account=account, used_at=None, ends_at__gt=at).update(ends_at=at)
    EnrolmentCode.objects.create(
        account=account,
        surface=account.surface,
        digest=_digest(account, code),
        made_by=by,
        made_at=at,
        ends_at=at + timedelta(hours=settings.WPIS_ENROLMENT_HOURS),
    )
    trail.record("accounts.enrolment.issue", by=by, subject=account)
    return code


def use_code(typed: str, *, by: User, at: datetime) -> bool:
    """Whether this is the account's code and works now; it does so once, also for two requests at the same moment."""
    found = EnrolmentCode.objects.filter(
        account=by, digest=_digest(by, typed), used_at=None, ends_at__gt=at
    ).update(used_at=at)
    if found != 1:
        trail.record("accounts.enrolment.fail", by=by, subject=by)
        return False
    trail.record("accounts.enrolment.use", by=by, subject=by)
    return True


def _digest(account: User, typed: str) -> str:
    """A keyed digest of the code of this account, however it was typed."""
    code = "".join(letter for letter in typed.upper() if letter in ALPHABET)
    return salted_hmac("wpis.second_factor.enrolment", f"{account.pk} {code}", algorithm="sha256").hexdigest()
