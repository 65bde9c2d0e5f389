"""The page about the worker: passport lines or typing, names in two scripts, the worker's own contact."""

from contextlib import suppress
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from permits.employer.forms.part import LongSelect, PartForm, with_blank
from permits.models.parties import Sex
from wpis.classifications.countries import countries
from wpis.classifications.languages import LANGUAGES
from wpis.documents.mrz import InvalidMRZ, parse
from wpis.ui.fields import DateField, PassportNumberField, PhoneField, SeveralField, YesNoField
from wpis.ui.widgets import Radios, TextArea

latin = RegexValidator(
    r"^[A-Za-z\u00c0-\u024f\u1e00-\u1eff'’ .\-]+$", _("Use Latin letters, as in the passport")
)
armenian = RegexValidator(r"^[\u0531-\u0556\u0561-\u0587'’ .\-]+$", _("Use Armenian letters"))


class WorkerForm(PartForm):
    """Who the permit is for."""

    part = "worker"

    mrz = forms.CharField(
        label=_("The lines at the bottom of the passport page"),
        help_text=_(
            "The 2 lines with many < signs, exactly as printed. We read name, number and dates from them. "
            "You can leave this empty and type everything below."
        ),
        max_length=200,
        widget=TextArea(attrs={"rows": 4, "spellcheck": "false", "autocomplete": "off"}),
    )
    given_names = forms.CharField(
        label=_("Given names"),
        help_text=_("In Latin letters, as in the passport"),
        max_length=100,
        validators=[latin],
    )
    surname = forms.CharField(
        label=_("Surname"),
        help_text=_("In Latin letters, as in the passport"),
        max_length=100,
        validators=[latin],
    )
    given_names_hy = forms.CharField(
        label=_("Given names in Armenian letters"), max_length=100, validators=[armenian]
    )
    surname_hy = forms.CharField(
        label=_("Surname in Armenian letters"), max_length=100, validators=[armenian]
    )
    birth_date = DateField(label=_("Date of birth"), help_text=_("For example, 27 3 1994"))
    sex = forms.ChoiceField(
        label=_("Sex in the passport"),
        help_text=_("We ask so that the permit matches the passport"),
        choices=Sex.choices,
        widget=Radios(inline=True),
    )
    nationality = forms.ChoiceField(label=_("Citizenship"), choices=with_blank(countries), widget=LongSelect)
    passport_number = PassportNumberField(label=_("Passport number"))
    passport_issuer = forms.ChoiceField(
        label=_("Country that issued the passport"), choices=with_blank(countries), widget=LongSelect
    )
    passport_expires_on = DateField(label=_("Passport valid until"))
    phone = PhoneField(
        label=_("The worker's own telephone"),
        help_text=_(
            "The number that the worker carries, with + and country code. Not the company's or an agent's"
        ),
    )
    email = forms.EmailField(label=_("The worker's own e-mail"))
    contact_is_own = YesNoField(label=_("Does the worker alone use this telephone and e-mail?"))
    languages = SeveralField(
        label=_("Languages the worker reads"),
        help_text=_("We write to the worker in one of them"),
        choices=LANGUAGES,
    )

    def clean_mrz(self) -> str:
        """Lines that fit their check digits, or none at all."""
        lines: str = self.cleaned_data["mrz"].strip()
        if lines:
            try:
                parse(lines)
            except InvalidMRZ as error:
                way_out = gettext("You can also empty this box and type the data below.")
                raise ValidationError(f"{gettext(error.message)} {way_out}", code=error.check) from None
        return lines

    def clean_birth_date(self) -> date | None:
        """Somebody who applies has been born."""
        born: date | None = self.cleaned_data["birth_date"]
        if born and born >= timezone.localdate():
            raise ValidationError(
                gettext("The date of birth must be in the past"), params={"parts": ["year"]}
            )
        return born

    @classmethod
    def with_passport_lines(cls, data: Any) -> "WorkerForm":
        """The form as typed, with what the lines say put into the fields for the person to confirm."""
        typed, lines = data.copy(), data.get("mrz", "")
        with suppress(InvalidMRZ):  # the form's own check says which digit is wrong
            typed.update(_read(lines) if lines.strip() else {})
        form = cls(typed)
        if not lines.strip():
            form.add_error("mrz", gettext("Paste the lines first, or type the data below"))
        return form


def _read(lines: str) -> dict[str, str]:
    zone, known = parse(lines), {code for code, _name in countries()}
    found = {
        "given_names": zone.given_names,
        "surname": zone.surname,
        "sex": zone.sex,
        "nationality": _country(zone.nationality),
        "passport_number": zone.number,
        "passport_issuer": _country(zone.issuer),
        "birth_date": zone.birth_date.isoformat() if zone.birth_date else "",
        "passport_expires_on": zone.expiry_date.isoformat() if zone.expiry_date else "",
    }
    for name in ("nationality", "passport_issuer"):
        found[name] = found[name] if found[name] in known else ""
    return {name: value for name, value in found.items() if value}


def _country(code: str) -> str:
    return "DEU" if code == "D" else code  # the only state that prints one letter (ICAO 9303-3, section 5)
