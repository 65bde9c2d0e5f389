"""The part about the worker: identity, passport and contact."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from permits.models.parties import Sex, Worker
from permits.parts.declaration import Field, Part, Rule, declared, derived
from permits.parts.kinds import (
    Choice,
    Citizenship,
    Country,
    Day,
    Email,
    Name,
    PartialDay,
    PassportLines,
    PassportNumber,
    Phone,
    Several,
    Tick,
    YesNo,
)
from wpis.classifications.countries import HOME
from wpis.classifications.languages import LANGUAGES
from wpis.dates.partial import PartialDate
from wpis.documents.mrz import InvalidMRZ, parse
from wpis.ui.fields.name import Script


def _printed_birth_date(worker: Worker, on: date) -> PartialDate | None:
    """What the machine-readable zone says of the birth date; None when there is no zone or it has no year."""
    if not worker.mrz:
        return None
    try:
        return parse(worker.mrz, on).born
    except InvalidMRZ:
        return None


def _named_by_the_other(name: str) -> Callable[[Mapping[str, Any]], bool]:
    """Whether somebody with one name has it in the other box of the pair."""
    return lambda answers: bool(answers.get("one_name") and answers.get(name))


def _one_name_stands_once(one_name: bool | None, *names: str | None) -> bool:
    """Whether somebody with one name has it in one box of each pair at most."""
    latin, armenian = names[:2], names[2:]
    return not (one_name and (all(latin) or all(armenian)))


ONE_NAME_TWICE = _("You ticked that there is only one name. Clear one of the two boxes, or untick this one")
CITIZEN_OF_ARMENIA = _("A citizen of Armenia needs no permit to work here")


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerRecord:
    """The worker as filed. `sex` and `nationality` serve letters, interpreters and statistics only."""

    given_names: str = declared(
        Name(max_length=100, script=Script.LATIN),
        label=_("Given names"),
        help=_("In Latin letters, as in the passport"),
        needed=_("Enter the worker's given names"),
        excused=_named_by_the_other("surname"),
        passport="given_names",
        compared=True,
    )
    surname: str = declared(
        Name(max_length=100, script=Script.LATIN),
        label=_("Surname"),
        help=_("In Latin letters, as in the passport"),
        needed=_("Enter the worker's surname"),
        excused=_named_by_the_other("given_names"),
        passport="surname",
        compared=True,
    )
    one_name: bool | None = declared(
        Tick(),
        label=_("The worker has only one name"),
        help=_("Enter it in one of the two boxes, as the passport does, and leave the other one empty"),
        program_help="the name stands in one field of each pair, the other one is empty",
        passport="one_name",
        since=3,
    )
    given_names_hy: str = declared(
        Name(max_length=100, script=Script.ARMENIAN),
        label=_("Given names in Armenian letters"),
        needed=_("Enter the given names in Armenian letters"),
        excused=_named_by_the_other("surname_hy"),
    )
    surname_hy: str = declared(
        Name(max_length=100, script=Script.ARMENIAN),
        label=_("Surname in Armenian letters"),
        needed=_("Enter the surname in Armenian letters"),
        excused=_named_by_the_other("given_names_hy"),
    )
    birth_date: PartialDate = declared(
        PartialDay(past=_("The date of birth must be in the past")),
        label=_("Date of birth"),
        help=_("For example, 27 3 1994"),
        program_help="YYYY-MM-DD; YYYY-MM or YYYY when the passport does not give more",
        needed=_("Enter the worker's date of birth"),
        passport="born",
        compared=True,
    )
    mrz_birth_date: PartialDate | None = derived(_printed_birth_date)
    sex: str = declared(
        Choice(choices=tuple(Sex.choices), control="inline"),
        label=_("Sex in the passport"),
        help=_("We ask so that the permit matches the passport"),
        needed=_("Choose the sex printed in the passport"),
        passport="sex",
        weighed=False,
    )
    nationality: str = declared(
        Citizenship(),
        label=_("Citizenship"),
        program_help="ISO 3166-1 alpha-3, or XXA (stateless), XXB, XXC (refugee), XXX (not stated); never ARM",
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
        needed=_("Enter the date on which the passport expires"),
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
        YesNo(), label=_("Are this telephone and e-mail used only by the worker?")
    )
    languages: tuple[str, ...] = declared(
        Several(choices=tuple(LANGUAGES), first=("ru", "en", "hi")),
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
    rules=(
        Rule(
            field="one_name",
            needs=("one_name", "given_names", "surname", "given_names_hy", "surname_hy"),
            of_any=True,
            holds=_one_name_stands_once,
            text=ONE_NAME_TWICE,
        ),
        Rule(
            field="passport_expires_on",
            needs=("passport_expires_on",),
            dated=True,
            holds=lambda expires, on: expires >= on,
            text=_("The passport has expired. Enter the data of a passport that is valid"),
        ),
        Rule(
            field="nationality",
            needs=("nationality",),
            holds=lambda code: code != HOME,
            text=CITIZEN_OF_ARMENIA,
        ),
    ),
    reading=(
        *(
            "surname",
            "given_names",
            "surname_hy",
            "given_names_hy",
            "one_name",
            "birth_date",
            "sex",
            "nationality",
        ),
        *("passport_number", "passport_issuer", "passport_expires_on", "languages"),
    ),
)
