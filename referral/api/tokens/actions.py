"""Issues and revokes tokens: a secret is shown once and kept as a digest."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from referral import powers
from referral.agencies.directory import find_agency
from referral.models import ApiToken
from wpis.accounts.factors import factors_of
from wpis.accounts.models import User
from wpis.accounts.powers import authorize
from wpis.api.lifetime import end_of_token
from wpis.api.secrets import digest, new_secret
from wpis.audit import trail
from wpis.errors import Refused


@transaction.atomic
def issue(label: str, *, by: User, at: datetime) -> tuple[ApiToken, str]:
    """Make a token of `by` for the agency they work for. The second value is the secret, which is not stored.

    Raises Refused for somebody who works for no known agency, or has no second factor.
    """
    authorize(by, powers.RECEIVE)
    if find_agency(by.agency) is None:
        raise Refused(_("Your account belongs to no agency, so a program could read nothing."))
    if not factors_of(by).exists():
        raise Refused(_("Set up a second factor first. A token lives no longer than it does."))
    secret = new_secret()
    token = ApiToken.objects.create(
        user=by,
        agency=by.agency,
        label=label.strip(),
        digest=digest(secret),
        created_at=at,
        ends_at=end_of_token(at),
    )
    trail.record("referral.token.issue", by=by, subject=token, agency=token.agency)
    return token, secret


@transaction.atomic
def revoke(token: ApiToken, *, by: User, at: datetime) -> None:
    """Revoke a token of one's own agency; the next request with it fails. Doing it twice changes nothing."""
    authorize(by, powers.RECEIVE)
    if not by.agency or by.agency != token.agency:
        raise PermissionDenied(powers.RECEIVE.name)
    if ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=at):
        trail.record("referral.token.revoke", by=by, subject=token, agency=token.agency)
