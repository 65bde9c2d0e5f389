"""The employer on the day of filing: known from registration, so the form of an application does not ask it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from permits.models.parties import Employer
from permits.parts.declaration import Part, declared, derived
from permits.parts.kinds import Choice, Day, Email, Phone, Text
from wpis.classifications.provinces import Province


@dataclass(frozen=True, slots=True, kw_only=True)
class EmployerRecord:
    """The employer on the day of filing."""

    id: UUID = derived()
    name_en: str = declared(Text(max_length=200))
    name_hy: str = declared(Text(max_length=200))
    tax_number: str = declared(Text(max_length=8))
    province: str = declared(Choice(choices=tuple(Province.choices), control="list"))
    address: str = declared(Text(max_length=250))
    nace: str = declared(Text(max_length=5))
    registered_on: date = declared(Day())
    phone: str = declared(Phone())
    email: str = declared(Email())


EMPLOYER = Part(
    name="employer",
    title=_("Employer"),
    heading=_("Employer"),
    model=Employer,
    record=EmployerRecord,
    asked=False,
)
