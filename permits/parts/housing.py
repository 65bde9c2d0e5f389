"""The part about housing; when the worker arranges it, only the first answer is required."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from permits.models.terms import Housing, HousingProvider
from permits.parts.declaration import Part, When, declared
from permits.parts.kinds import Choice, Number, Text, YesNo
from wpis.classifications.provinces import Province

ARRANGED = When(field="provider", among=(HousingProvider.EMPLOYER, HousingProvider.RECRUITER))


@dataclass(frozen=True, slots=True, kw_only=True)
class HousingRecord:
    """Where the worker will live, as filed."""

    provider: str = declared(
        Choice(choices=tuple(HousingProvider.choices)),
        label=_("Who arranges housing?"),
        needed=_("Choose who arranges housing"),
    )
    province: str = declared(
        Choice(choices=tuple(Province.choices), control="list"),
        label=_("Province"),
        needed=_("Choose the province where the worker will live"),
        when=ARRANGED,
    )
    address: str = declared(
        Text(max_length=250),
        label=_("Address where the worker will live"),
        needed=_("Enter the address where the worker will live"),
        when=ARRANGED,
    )
    persons_per_room: int | None = declared(
        Number(min_value=1, max_value=500), label=_("People sharing a room"), when=ARRANGED
    )
    capacity: int | None = declared(
        Number(min_value=1, max_value=5000), label=_("Beds in the house"), when=ARRANGED
    )
    at_workplace: bool | None = declared(
        YesNo(), label=_("Is the housing on the same site as the workplace?"), when=ARRANGED
    )


HOUSING = Part(
    name="housing",
    title=_("Housing"),
    heading=_("Housing"),
    about="Where the worker will live.",
    model=Housing,
    record=HousingRecord,
)
