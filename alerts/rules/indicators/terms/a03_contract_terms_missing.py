"""A03: the written contract leaves out what the law wants in it."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alerts.evidence import Evidence, Group
from alerts.rules.indicator import Indicator, T

INDICATOR = Indicator(
    id="A03",
    version=1,
    title=_("The written contract leaves out wage, hours, place or signatures"),
    supports=("DR03", "EX05"),
    evidence=Evidence.DOCUMENT,
    group=Group.TERMS,
    when=Q(contract_terms_missing__gte=T("terms")),
    thresholds={"terms": 1},
    shows=("contract_terms_missing", "contract_terms_missing_names"),
    explains=_("The written contract does not state: {contract_terms_missing_names}."),
    false_positives=_("a poor scan, an annex that was not uploaded"),
    source="Labour Code art. 84; DW 27.02.2024 on contracts without salary or signature",
)
