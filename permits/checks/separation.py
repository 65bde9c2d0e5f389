"""Who may not take which part: proposing or confirming a decision, and requesting or confirming an override.

Whoever lets a file go ahead without a check, or says what an agency thinks of it, does not decide on it, and the other
way round.
"""

from uuid import UUID

from django.utils.translation import gettext as _

from permits.models import Application, Check, Decision
from wpis.accounts.models import User


def not_an_overrider(application: Application, by: User | None) -> list[str]:
    """Why somebody may not propose or confirm a decision: they took part in settling a check of what was filed last.

    An opinion that one person records holds or frees an approval as an override by two does.
    """
    rows = Check.objects.filter(submission__application=application, superseded_at=None).values_list(
        "answered_by",
        "overridden_by",
        "overrides__requested_by",
        "overrides__settled_by",
        "overrides__confirmed",
    )
    recorded: set[UUID | None] = set()
    overridden: set[UUID | None] = set()
    for answered_by, overridden_by, requested_by, settled_by, confirmed in rows:
        recorded.add(answered_by)
        overridden.add(overridden_by)  # under a release that kept no requests the check alone says by whom
        if confirmed is not False:
            overridden |= {requested_by, settled_by}
    if by is not None and by.pk in overridden:
        return [_("You took part in overriding a check of this file. Other people decide on it.")]
    if by is not None and by.pk in recorded:
        return [_("You recorded an opinion on this file. Other people decide on it.")]
    return []


def not_the_decider(application: Application, by: User) -> list[str]:
    """Why somebody may not request or confirm an override: they have the file, or proposed what is to be decided."""
    if application.officer_id == by.pk:
        return [_("You have this file. Supervisors who do not decide on it override a check of it.")]
    if Decision.objects.filter(application=application, settled_at=None, proposed_by=by).exists():
        return [_("You proposed the decision on this file. Other people override a check of it.")]
    return []
