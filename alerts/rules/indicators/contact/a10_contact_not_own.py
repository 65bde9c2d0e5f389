"""A10: the contact given for the worker belongs to somebody else."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alerts.evidence import Evidence, Group
from alerts.rules.indicator import Indicator

INDICATOR = Indicator(
    id="A10",
    version=1,
    title=_("The worker's contact is not the worker's own"),
    supports=("VD01", "CD03"),
    evidence=Evidence.PROXY,
    group=Group.CONTACT,
    when=Q(contact_shared_with_filer=True) | Q(contact_is_own=False),
    thresholds={},
    shows=("contact_shared_with_filer", "contact_is_own"),
    explains=_(
        "The worker's telephone or e-mail is that of the employer or recruiter: "
        "{contact_shared_with_filer}. The employer declares that the worker alone uses it: "
        "{contact_is_own}."
    ),
    false_positives=_("somebody helped with the form, no local SIM card yet"),
    source="National referral mechanisms, safe contact; FinCEN advisory 2020",
)
