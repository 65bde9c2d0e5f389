"""The form about the worker; beyond its declaration it reads the machine-readable zone of the passport."""

from contextlib import suppress
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from permits.employer.forms.part import PartForm
from permits.parts.kinds import Country
from permits.parts.worker import WORKER
from wpis.classifications.countries import countries
from wpis.documents.mrz import InvalidMRZ, parse


class WorkerForm(PartForm):
    """Who the permit is for."""

    part = WORKER

    def clean_mrz(self) -> str:
        """Lines that fit their check digits, or none at all."""
        lines: str = self.cleaned_data["mrz"].strip()
        if lines:
            try:
                parse(lines)
            except InvalidMRZ as error:
                way_out = gettext("You can also empty this box and type the data below.")
                raise ValidationError(f"{gettext(error.message)} {way_out}", code=error.fault) from None
        return lines

    @classmethod
    def with_passport_lines(cls, data: Any) -> "WorkerForm":
        """The form as submitted, with its fields filled from the machine-readable zone for the person to confirm."""
        typed, lines = data.copy(), data.get("mrz", "")
        with suppress(InvalidMRZ):  # the form's own validation says which digit is wrong
            typed.update(_read(lines) if lines.strip() else {})
        form = cls(typed)
        if not lines.strip():
            form.add_error("mrz", gettext("Paste the lines first, or type the data below"))
        return form


def _read(lines: str) -> dict[str, str]:
    """The values of the machine-readable zone by form field, formatted as form input."""
    zone, known = parse(lines), {code for code, _name in countries()}
    found = {}
    for field in WORKER.fields:
        if field.passport and (printed := getattr(zone, field.passport)):
            if isinstance(field.kind, Country):
                printed = _country(printed) if _country(printed) in known else ""
            found[field.name] = printed.isoformat() if isinstance(printed, date) else printed
    return {name: value for name, value in found.items() if value}


def _country(code: str) -> str:
    return "DEU" if code == "D" else code  # the only state that prints one letter (ICAO 9303-3, section 5)
