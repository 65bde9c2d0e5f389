"""A01: the contract offers less than the law allows."""

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from alerts.evidence import Evidence, Group
from alerts.rules.indicator import Indicator, T

INDICATOR = Indicator(
    id="A01",
    version=1,
    title=_("Contract wage is below the legal minimum"),
    supports=("EX04",),
    evidence=Evidence.DOCUMENT,
    group=Group.TERMS,
    when=Q(monthly_gross__lt=F("minimum_gross") * T("tolerance")),
    thresholds={"tolerance": 1},
    shows=("monthly_gross", "minimum_gross", "weekly_hours"),
    explains=_(
        "The contract offers {monthly_gross} drams a month; the law asks at least {minimum_gross} for"
        " {weekly_hours} hours a week."
    ),
    false_positives=_("part-time work, net and gross confused, piece rates"),
    source="ILO operational indicators (2009), exploitation: low or no salary; US TIP reports on Armenia",
)
