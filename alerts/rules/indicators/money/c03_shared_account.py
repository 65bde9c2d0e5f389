"""C03: the wages of many workers go to one bank account."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alerts.evidence import Evidence, Group
from alerts.rules.indicator import Indicator, T

INDICATOR = Indicator(
    id="C03",
    version=1,
    title=_("One bank account for many workers"),
    supports=("EX08", "CD14"),
    evidence=Evidence.DOCUMENT,
    group=Group.MONEY,
    when=Q(account_workers__gte=T("workers")),
    thresholds={"workers": 2},
    shows=("account_workers",),
    explains=_("The wages of {account_workers} workers go to this bank account."),
    false_positives=_("spouses"),
    source="FATF and FinCEN: third party controls wages or accounts",
)
