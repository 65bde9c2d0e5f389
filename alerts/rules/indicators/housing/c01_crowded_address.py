"""C01: many workers of unrelated employers live at one address."""

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from alerts.evidence import Evidence, Group
from alerts.rules.indicator import Indicator, T

INDICATOR = Indicator(
    id="C01",
    version=1,
    title=_("Many workers at one address"),
    supports=("EX02",),
    evidence=Evidence.PROXY,
    group=Group.HOUSING,
    when=(
        Q(address_workers__gt=F("address_capacity"))
        | Q(address_workers__gte=T("workers"), address_employers__gte=T("employers"))
    ),
    thresholds={"workers": 8, "employers": 3},
    shows=("address_workers", "address_employers", "address_capacity"),
    explains=_(
        "Workers housed at this address within twelve months: {address_workers}, by "
        "{address_employers} employers; beds declared: {address_capacity}."
    ),
    false_positives=_("hostels, dormitories, hotels, workers who followed each other"),
    source="DW 27.02.2024 on a hotel; Netherlands Labour Inspectorate",
)
