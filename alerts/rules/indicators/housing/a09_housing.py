"""A09: the worker sleeps at work, or in a crowded room."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alerts.evidence import Evidence, Group
from alerts.rules.indicator import Indicator, T

INDICATOR = Indicator(
    id="A09",
    version=1,
    title=_("Housing at the work site, or overcrowded"),
    supports=("EX02", "VD01", "CD03"),
    evidence=Evidence.PROXY,
    group=Group.HOUSING,
    when=Q(persons_per_room__gt=T("persons")) | Q(housing_at_workplace=True),
    thresholds={"persons": 4},
    shows=("persons_per_room", "housing_at_workplace"),
    explains=_(
        "Persons in one room: {persons_per_room} (we look from more than {persons} on). Housing on "
        "the grounds of the workplace: {housing_at_workplace}."
    ),
    false_positives=_("remote sites, licensed dormitories, hotels"),
    source="DW 27.02.2024: a hotel with ten to a room; containers for 38 men",
)
