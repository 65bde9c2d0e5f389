"""The part about the worker: identity, passport and contact."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from permits.models.parties import Sex, Worker
from permits.parts.declaration import Field, Part, Rule, declared, derived
from permits.parts.kinds import (
    ARMENIAN,
    LATIN,
    Choice,
    Country,
    Day,
    Email,
    PassportLines,
    PassportNumber,
    Phone,
    Several,
    Text,
    YesNo,
)
from wpis.classifications.languages import LANGUAGES
from wpis.documents.mrz import InvalidMRZ, parse


def _printed_birth_date(worker: Worker, on: date) -> date | None:
    """The birth date printed in the machine-readable zone; None when there is no zone or it has no full date."""
    if not worker.mrz:
        return None
    try:
        return parse(worker.mrz, on).birth_date
    except InvalidMRZ:
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerRecord:
    """The worker as filed. `sex` and `nationality` serve letters, interpreters and statistics only."""

    given_names: str = declared(
        Text(max_length=100, validators=(LATIN,)),
        label=_("Given names"),
        help=_("In Latin letters, as in the passport"),
        needed=_("Enter the worker's given names"),
        passport="given_names",
        compared=True,
    )
    surname: str = declared(
        Text(max_length=100, validators=(LATIN,)),
        label=_("Surname"),
        help=_("In Latin letters, as in the passport"),
        needed=_("Enter the worker's surname"),
        passport="surname",
        compared=True,
    )
    given_names_hy: str = declared(
        Text(max_length=100, validators=(ARMENIAN,)),
        label=_("Given names in Armenian letters"),
        needed=_("Enter the given names in Armenian letters"),
    )
    surname_hy: str = declared(
        Text(max_length=100, validators=(ARMENIAN,)),
        label=_("Surname in Armenian letters"),
        needed=_("Enter the surname in Armenian letters"),
    )
    birth_date: date = declared(
        Day(past=_("The date of birth must be in the past")),
        label=_("Date of birth"),
        help=_("For example, 27 3 1994"),
        needed=_("Enter the worker's date of birth"),
        passport="birth_date",
        compared=True,
    )
    mrz_birth_date: date | None = derived(_printed_birth_date)
    sex: str = declared(
        Choice(choices=tuple(Sex.choices), control="inline"),
        label=_("Sex in the passport"),
        help=_("We ask so that the permit matches the passport"),
        needed=_("Choose the sex printed in the passport"),
        passport="sex",
        weighed=False,
    )
    nationality: str = declared(
        Country(),
        label=_("Citizenship"),
        needed=_("Choose the worker's citizenship"),
        passport="nationality",
        weighed=False,
    )
    passport_number: str = declared(
        PassportNumber(),
        label=_("Passport number"),
        needed=_("Enter the passport number"),
        masked=_("Passport number"),
        passport="number",
        compared=True,
    )
    passport_issuer: str = declared(
        Country(),
        label=_("Country that issued the passport"),
        needed=_("Choose the country that issued the passport"),
        passport="issuer",
        weighed=False,
    )
    passport_expires_on: date = declared(
        Day(),
        label=_("Passport valid until"),
        needed=_("Enter until when the passport is valid"),
        passport="expiry_date",
        compared=True,
    )
    phone: str | None = declared(
        Phone(),
        label=_("The worker's own telephone"),
        help=_(
            "The number that the worker carries, with + and country code. Not the company's or an agent's"
        ),
        program_help="the worker's own, E.164",
        masked=_("The worker's own telephone"),
    )
    email: str | None = declared(
        Email(),
        label=_("The worker's own e-mail"),
        program_help="the worker's own",
        masked=_("The worker's own e-mail"),
    )
    contact_is_own: bool | None = declared(
        YesNo(), label=_("Does the worker alone use this telephone and e-mail?")
    )
    languages: tuple[str, ...] = declared(
        Several(choices=tuple(LANGUAGES)),
        label=_("Languages the worker reads"),
        help=_("We write to the worker in one of them"),
        needed=_("Choose at least one language that the worker reads"),
    )


WORKER = Part(
    name="worker",
    title=_("Worker and passport"),
    heading=_("Worker"),
    about="Who the permit is for.",
    model=Worker,
    record=WorkerRecord,
    asked_only=(
        Field(
            name="mrz",
            before="given_names",
            kind=PassportLines(),
            label=_("The lines at the bottom of the passport page"),
            help=_(
                "The 2 lines with many < signs, exactly as printed. We read name, number and dates from them. "
                "You can leave this empty and type everything below."
            ),
            staff=False,
        ),
    ),
    reading=(
        *("surname", "given_names", "surname_hy", "given_names_hy", "birth_date", "sex", "nationality"),
        *("passport_number", "passport_issuer", "passport_expires_on", "languages"),
    ),
    rules=(
        Rule(
            field="passport_expires_on",
            needs=("passport_expires_on",),
            dated=True,
            holds=lambda expires, on: expires >= on,
            text=_("The passport has expired. Enter the data of a passport that is valid"),
        ),
    ),
)
