"""A07: the contract is in no language that the worker reads."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alerts.evidence import Evidence, Group
from alerts.rules.indicator import Indicator, T

INDICATOR = Indicator(
    id="A07",
    version=1,
    title=_("No contract in a language the worker reads"),
    supports=("RV03", "DR03"),
    evidence=Evidence.DOCUMENT,
    group=Group.TERMS,
    when=Q(shared_languages__lt=T("languages")) | Q(contract_explained=False),
    thresholds={"languages": 1},
    shows=("shared_languages", "contract_explained"),
    explains=_(
        "Languages of the contract that the worker reads: {shared_languages}. Did the worker confirm "
        "understanding it: {contract_explained}."
    ),
    false_positives=_("the worker reads a language that was not declared"),
    source="Convention on Action against Trafficking art. 12(1)d; ILO indicators of forced labour, deception",
)
