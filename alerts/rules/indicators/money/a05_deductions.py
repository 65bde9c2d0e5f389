"""A05: deductions take too much of the wage."""

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from alerts.evidence import Evidence, Group
from alerts.rules.indicator import Indicator, T

INDICATOR = Indicator(
    id="A05",
    version=1,
    title=_("Deductions leave too little of the wage"),
    supports=("EX08",),
    evidence=Evidence.DOCUMENT,
    group=Group.MONEY,
    when=(
        Q(deductions_total__gt=F("monthly_gross") * T("share"))
        | Q(deductions_total__gt=F("monthly_gross") * F("deduction_share_limit"))
        | Q(deductions_total__gt=0, net_monthly__lt=F("minimum_gross"))
    ),
    thresholds={"share": 0.3},
    shows=("deductions_total", "monthly_gross", "net_monthly", "minimum_gross", "deduction_share_limit"),
    explains=_(
        "{deductions_total} of {monthly_gross} drams are deducted each month, which leaves "
        "{net_monthly}. We look from {share} of the wage on; the law allows {deduction_share_limit} "
        "and a wage of at least {minimum_gross}."
    ),
    false_positives=_("housing at a fair price that the worker agreed to"),
    source=(
        "ILO indicators of forced labour (2012), withholding of wages; DW 27.02.2024; "
        "the legal cap is unconfirmed, see the law book"
    ),
)
