"""The employer: asked once, at registration, and filed with every application as it is on that day."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from permits.models.parties import Employer
from permits.parts.declaration import Part, declared, derived
from permits.parts.kinds import (
    NACE,
    NAME_IN_ARMENIAN,
    NAME_IN_ENGLISH,
    Choice,
    Day,
    Email,
    Phone,
    TaxNumber,
    Text,
)
from wpis.classifications.provinces import Province


@dataclass(frozen=True, slots=True, kw_only=True)
class EmployerRecord:
    """The employer on the day of filing."""

    id: UUID = derived()
    name_en: str = declared(
        Text(max_length=200, validators=(NAME_IN_ENGLISH,), printed=True),
        label=_("Company name in English"),
        needed=_("Enter the company's name in English"),
    )
    name_hy: str = declared(
        Text(max_length=200, validators=(NAME_IN_ARMENIAN,), printed=True),
        label=_("Company name in Armenian"),
        needed=_("Enter the company's name in Armenian"),
    )
    tax_number: str = declared(
        TaxNumber(),
        label=_("Tax number (HVHH)"),
        help=_("8 digits, as on the registration certificate"),
        needed=_("Enter the tax number"),
    )
    province: str = declared(
        Choice(choices=tuple(Province.choices), control="list"),
        label=_("Province"),
        needed=_("Choose the province"),
    )
    address: str = declared(
        Text(max_length=250), label=_("Registered address"), needed=_("Enter the registered address")
    )
    nace: str = declared(
        Text(max_length=5, validators=(NACE,)),
        label=_("Main activity (NACE code)"),
        help=_("For example, 41.20 for construction of buildings"),
        needed=_("Enter the NACE code of the main activity"),
    )
    registered_on: date = declared(
        Day(by_today=_("The date must be in the past")),
        label=_("Date of state registration"),
        help=_("For example, 27 3 2019"),
        needed=_("Enter the date of state registration"),
    )
    phone: str = declared(
        Phone(), label=_("Company telephone"), needed=_("Enter the company's telephone number")
    )
    email: str = declared(Email(), label=_("Company e-mail"), needed=_("Enter the company's e-mail address"))


EMPLOYER = Part(
    name="employer",
    title=_("Employer"),
    heading=_("Employer"),
    model=Employer,
    record=EmployerRecord,
    asked=False,
)
