"""B11: the employer controls job, housing, transport and permit."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alerts.evidence import Evidence, Group
from alerts.rules.indicator import Indicator, T

INDICATOR = Indicator(
    id="B11",
    version=1,
    title=_("Employer controls job, housing, transport and permit cost"),
    supports=("VD01",),
    evidence=Evidence.DOCUMENT,
    group=Group.EMPLOYER,
    when=(Q(employer_controls__gte=T("controls")) | Q(employer_controls_least__gte=T("controls"))),
    thresholds={"controls": 3},
    shows=("employer_controls", "employer_controls_least"),
    explains=_(
        "Of job, housing, transport and permit cost, at least {employer_controls_least} are in the "
        "employer's hand (all four known: {employer_controls})."
    ),
    false_positives=_("normal work in a camp; an employer who pays the permit as is good practice"),
    source="Polaris, typology of modern slavery; FLEX on multiple dependency",
)
