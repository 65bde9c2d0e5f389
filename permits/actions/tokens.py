"""Tokens with which a delegate's program files: shown once, kept as a digest, revoked at once, ended by date.

A week before that date its maker gets a letter, by the `open` workers.
"""

from datetime import datetime

from django.core.exceptions import PermissionDenied

from permits import powers
from permits.models import ApiToken, Employer
from permits.queries import may_file_for
from wpis.accounts.models import User
from wpis.accounts.powers import authorize
from wpis.api import token_letters
from wpis.api.lifetime import end_of_token
from wpis.api.secrets import digest, new_secret
from wpis.audit import trail
from wpis.models import BackgroundJob


def issue(employer: Employer, label: str, *, by: User, at: datetime) -> tuple[ApiToken, str]:
    """Make a token for `by` and this employer. The second value is the secret: show it now, it is never seen again."""
    authorize(by, powers.FILE)
    if not may_file_for(by, employer.pk):
        raise PermissionDenied(powers.FILE.name)
    secret = new_secret()
    token = ApiToken.objects.create(
        user=by,
        employer=employer,
        label=label.strip(),
        digest=digest(secret),
        created_at=at,
        ends_at=end_of_token(at),
    )
    trail.record("permits.token.issue", by=by, subject=token)
    return token, secret


def revoke(token: ApiToken, *, by: User, at: datetime) -> None:
    """End a token; the next request with it fails."""
    if not may_file_for(by, token.employer_id):
        raise PermissionDenied(powers.FILE.name)
    ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=at)
    trail.record("permits.token.revoke", by=by, subject=token)


def queue_letters(*, at: datetime) -> None:
    """Queue the letter about each token that ends within a week."""
    token_letters.queue(BackgroundJob, ApiToken.objects.all(), at=at)
