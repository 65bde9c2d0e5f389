"""A person has what could not be checked tried again."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from alerts import powers
from alerts.models import Screening
from permits import feed
from wpis.accounts.models import User
from wpis.accounts.powers import authorize
from wpis.audit import trail
from wpis.errors import Refused


@transaction.atomic
def retry(screening: Screening, *, by: User, at: datetime) -> None:
    """Make the submission due now, also when it had been given up. Raises PermissionDenied, Refused when done."""
    authorize(by, powers.RETRY)
    if not feed.retry(screening.submission_id, at):
        raise Refused(_("It has been checked meanwhile."))
    trail.record("alerts.screening.retry", by=by, subject=screening)
