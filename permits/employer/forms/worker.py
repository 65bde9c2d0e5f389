"""The form about the worker; beyond its declaration it reads the machine-readable zone of the passport."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import get_text_list
from django.utils.translation import gettext

from permits.employer.forms.part import PartForm
from permits.parts.declaration import Field
from permits.parts.kinds import Country
from permits.parts.passport_lines import mended, problem
from permits.parts.worker import CITIZEN_OF_ARMENIA, WORKER
from wpis.classifications.countries import HOME, country_of
from wpis.documents.mrz import MRZ, InvalidMRZ, Repair, parse_passport, read_copy, tidy

COVERED = [field for field in WORKER.fields if field.passport]
"""Fields that a reading of the lines replaces, also by nothing where the lines do not say it."""


class WorkerForm(PartForm):
    """Who the permit is for."""

    part = WORKER

    def clean_mrz(self) -> str:
        """Lines that fit their check digits, as they are printed, or none at all."""
        lines: str = self.cleaned_data["mrz"].strip()
        if not lines:
            return ""
        try:
            parse_passport(lines)
        except InvalidMRZ as error:
            way_out = gettext("You can also clear this box and type the details below.")
            raise ValidationError(f"{problem(error, lines)} {way_out}", code=error.fault) from None
        return tidy(lines)


@dataclass(frozen=True, slots=True)
class Reading:
    """The form after the lines were read, for the person to confirm, and what became of what had been typed."""

    form: WorkerForm
    replaced: tuple[Field, ...] = ()
    emptied: tuple[Field, ...] = ()
    kept: tuple[Field, ...] = ()
    names_may_be_cut: bool = False
    repairs: tuple[Repair, ...] = ()

    def said(self) -> str:
        """What to tell the person."""
        return " ".join(filter(None, self._sentences()))

    def _sentences(self) -> list[str]:
        return [
            gettext("We read the passport lines. Compare the details below with the passport, then save."),
            gettext("We mended the copied lines: %(repairs)s.") % {"repairs": mended(self.repairs)}
            if self.repairs
            else "",
            gettext(
                "The names fill the whole line and may be cut off there. Complete them as the passport shows them."
            )
            if self.names_may_be_cut
            else "",
            _about(gettext("Replaced: %(fields)s."), self.replaced),
            _about(gettext("Cleared, because the passport lines do not give it: %(fields)s."), self.emptied),
            _about(
                gettext("The passport lines do not give these, so check them too: %(fields)s."), self.kept
            ),
        ]


def only_lines(data: Any) -> bool:
    """Whether the passport lines were sent, and nothing in any field that they cover: those can be filled in from them.

    Where anything is typed in one of these fields, nothing is filled in beside it: it may be another person's.
    """
    if not data.get("mrz", "").strip():
        return False
    boxes = [name for field in COVERED for name in data if _of_field(name, field)]
    return not any(data.get(name, "").strip() for name in boxes)


def read_passport_lines(data: Any) -> Reading:
    """The form as submitted, with every field that the passport lines cover as they say it.

    Nothing of what was typed stays in those fields: it may be another person's.
    """
    lines = data.get("mrz", "")
    if not lines.strip():
        form = WorkerForm(data)
        form.add_error("mrz", gettext("Paste the lines first, or type the details below"))
        return Reading(form)
    try:
        copy = read_copy(lines)
    except InvalidMRZ:  # the form's own validation says which digit is wrong
        return Reading(WorkerForm(data))
    zone, printed = copy.zone, _printed(copy.zone)
    typed = data.copy()
    typed["mrz"] = copy.lines
    for field in COVERED:
        _put(typed, field, printed[field.name])
    before, after = WorkerForm(data), WorkerForm(typed)
    _name_unlisted(after, zone, printed)
    lost = [
        field for field in COVERED if _given(before, field) and _given(before, field) != _given(after, field)
    ]
    emptied = tuple(field for field in lost if not printed[field.name])
    replaced = tuple(field for field in lost if field not in emptied)
    others = [field for field in WORKER.fields if field.name != "mrz" and field not in COVERED]
    kept = tuple(field for field in others if lost and _given(before, field))
    return Reading(after, replaced, emptied, kept, zone.names_may_be_cut, copy.repairs)


def _printed(zone: MRZ) -> dict[str, str]:
    """What the lines say of each field that they cover, as form input; empty where they say nothing."""
    found = {}
    for field in COVERED:
        value = getattr(zone, field.passport)
        if isinstance(field.kind, Country):
            value = country_of(value)
            value = value if value in dict(field.kind.listed()) else ""
        found[field.name] = "on" if value is True else str(value or "")
    return found


def _name_unlisted(form: WorkerForm, zone: MRZ, printed: dict[str, str]) -> None:
    """Say at its field which code of a country the list does not have."""
    for field in COVERED:
        if isinstance(field.kind, Country) and not printed[field.name]:
            code = getattr(zone, field.passport)
            form.add_error(
                field.name,
                str(CITIZEN_OF_ARMENIA)
                if code == HOME
                else gettext("The passport lines say “%(code)s”. Choose what it is from the list")
                % {"code": code},
            )


def _put(typed: Any, field: Field, value: str) -> None:
    """Set one field, and take away what its other boxes hold."""
    for name in [name for name in typed if _of_field(name, field)]:
        del typed[name]
    if value:
        typed[field.name] = value


def _of_field(name: str, field: Field) -> bool:
    """Whether this is one of the boxes of the field."""
    return name == field.name or (name.startswith(f"{field.name}_") and name not in WORKER.by_name)


def _given(form: WorkerForm, field: Field) -> Any:
    """What was typed, as the form reads it; as it was typed where it cannot be read."""
    if field.name in form.errors:
        return form[field.name].value()
    return form.cleaned_data.get(field.name)


def _about(sentence: str, fields: tuple[Field, ...]) -> str:
    names = [f"“{field.label}”" for field in fields]
    return sentence % {"fields": get_text_list(names, gettext("and"))} if names else ""
