"""A14: the person may be under 18; age in doubt counts as a child."""

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from alerts.evidence import Evidence, Group
from alerts.rules.indicator import Indicator

INDICATOR = Indicator(
    id="A14",
    version=1,
    title=_("Under 18, or two dates of birth"),
    supports=("*child*",),
    evidence=Evidence.DOCUMENT,
    group=Group.PERSON,
    when=Q(age_years__lt=F("adult_age")) | Q(birth_dates_differ=True),
    thresholds={},
    shows=("age_years", "adult_age", "birth_dates_differ"),
    explains=_(
        "Age on the first day of the contract: {age_years}; adults are {adult_age} or older. Form and"
        " passport give two dates of birth: {birth_dates_differ}."
    ),
    false_positives=_("a typing error in the date of birth"),
    source="Convention on Action against Trafficking art. 10(3): age in doubt, presume a child",
)
