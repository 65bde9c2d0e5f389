"""B02: a newly registered company asks for many workers."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alerts.evidence import Evidence, Group
from alerts.rules.indicator import Indicator, T

INDICATOR = Indicator(
    id="B02",
    version=1,
    title=_("New company with many applications"),
    supports=("DR01",),
    evidence=Evidence.PROXY,
    group=Group.EMPLOYER,
    when=Q(
        employer_age_months__lt=T("months"),
        employer_applications_12m__gte=T("applications"),
    ),
    thresholds={"months": 12, "applications": 5},
    shows=("employer_age_months", "employer_applications_12m"),
    explains=_(
        "The company was registered {employer_age_months} months before filing and has "
        "{employer_applications_12m} applications in twelve months."
    ),
    false_positives=_("real start-ups"),
    source="UK ICIBI 2024 and Observer on new care firms; New Zealand AEWV review",
)
