"""A06: the worker pays for the job, owes an advance, or must pay to leave."""

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from alerts.evidence import Evidence, Group
from alerts.rules.indicator import Indicator, T

INDICATOR = Indicator(
    id="A06",
    version=1,
    title=_("Fee, advance or exit penalty on the worker"),
    supports=("CR04", "CD02", "DR07"),
    evidence=Evidence.DOCUMENT,
    group=Group.MONEY,
    when=(
        Q(worker_fee__gt=0, worker_fee__gte=F("net_monthly") * T("months"))
        | Q(worker_advance__gt=0, worker_advance__gte=F("net_monthly") * T("months"))
        | Q(worker_paid__gt=0, worker_paid__gte=F("net_monthly") * T("months"))
        # Never more than the gross wage is left, so this much is a hit even where deductions are not known.
        | Q(worker_fee__gt=0, worker_fee__gte=F("monthly_gross") * T("months"))
        | Q(worker_advance__gt=0, worker_advance__gte=F("monthly_gross") * T("months"))
        | Q(worker_paid__gt=0, worker_paid__gte=F("monthly_gross") * T("months"))
        | Q(penalty_clause=True)
    ),
    thresholds={"months": 1},
    shows=("worker_fee", "worker_advance", "worker_paid", "monthly_gross", "net_monthly", "penalty_clause"),
    explains=_(
        "Fee paid by the worker: {worker_fee} drams; advance to pay back: {worker_advance}. "
        "Gross wage a month: {monthly_gross}; left after deductions: {net_monthly}. "
        "Must the worker pay when leaving early: {penalty_clause}."
    ),
    false_positives=_("a lawful loan, relocation costs claimed back"),
    source=(
        "ILO Delphi list: debt bondage; US TIP 2025; Polaris; IWPR on agent fees of 1,500 dollars. "
        "Fees are not prohibited in Armenia"
    ),
)
