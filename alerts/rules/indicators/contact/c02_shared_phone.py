"""C02: one telephone number is given for many workers."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alerts.evidence import Evidence, Group
from alerts.rules.indicator import Indicator, T

INDICATOR = Indicator(
    id="C02",
    version=1,
    title=_("One telephone number for many workers"),
    supports=("VD01", "CD03"),
    evidence=Evidence.PROXY,
    group=Group.CONTACT,
    when=Q(phone_workers__gte=T("workers")),
    thresholds={"workers": 3},
    shows=("phone_workers",),
    explains=_("{phone_workers} workers gave this telephone number within twelve months."),
    false_positives=_("a helper, a family, a staff desk"),
    source="FinCEN advisory 2020: unrelated people with one telephone number",
)
