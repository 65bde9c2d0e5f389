"""A04: the contract asks for more hours than the law allows, or for no day of rest."""

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from alerts.evidence import Evidence, Group
from alerts.rules.indicator import Indicator, T

INDICATOR = Indicator(
    id="A04",
    version=1,
    title=_("Contract hours are above the legal limit, or there is no weekly rest"),
    supports=("EX01",),
    evidence=Evidence.DOCUMENT,
    group=Group.TERMS,
    when=Q(weekly_hours__gt=F("weekly_hours_limit")) | Q(days_per_week__gt=T("days")),
    thresholds={"days": 6},
    shows=("weekly_hours", "weekly_hours_limit", "days_per_week"),
    explains=_(
        "The contract sets {weekly_hours} hours a week on {days_per_week} days; the law allows "
        "{weekly_hours_limit} hours and asks for a day of rest."
    ),
    false_positives=_("hours averaged over a season, time on call counted as work"),
    source=(
        "ILO operational indicators (2009), exploitation: excessive working days or hours; "
        "38 workers on 12-14 hour days"
    ),
)
