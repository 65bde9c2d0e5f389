"""The form of one part, made from its declaration: a draft may be incomplete, so nothing is required while typing."""

from collections.abc import Iterable
from typing import Any, ClassVar, Self, cast

from django import forms
from django.forms.forms import DeclarativeFieldsMetaclass
from django.http import QueryDict

from permits.employer.forms.controls import form_fields
from permits.parts.declaration import Part
from wpis import clock
from wpis.editing import as_read
from wpis.ui.forms import Form


class FieldsOfPart(DeclarativeFieldsMetaclass):
    """Gives a form the fields of its `part`."""

    def __new__(mcs, name: str, bases: tuple[type, ...], attrs: dict[str, Any]) -> Any:
        part = attrs.get("part")
        return super().__new__(mcs, name, bases, {**(form_fields(part) if part else {}), **attrs})


class PartForm(Form, metaclass=FieldsOfPart):
    """One part. A field that the submission needs is not called optional, but may stay empty until then."""

    part: ClassVar[Part]
    base_fields: ClassVar[dict[str, forms.Field]]
    mark_optional: ClassVar[bool] = False
    remarks: dict[str, list[tuple[str, str]]]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.remarks = {}
        for name, field in self.fields.items():
            declared = self.part.by_name[name]
            field.required = bool(declared.needed)
            field.asked_when = declared.when.field if declared.when else ""  # type: ignore[attr-defined]  # read by the template

    def full_clean(self) -> None:
        """Validate the given answers; missing ones are reported by the task list."""
        needed = [field for field in self.fields.values() if field.required]
        for field in needed:
            field.required = False
        super().full_clean()
        for field in needed:
            field.required = True

    def clean(self) -> dict[str, Any]:
        """What must hold between answers of this part."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        for rule in self.part.broken(typed, clock.today()):
            self.add_error(rule.field, str(rule.text))
        return typed

    @classmethod
    def of(cls, record: Any) -> "PartForm":
        """The form with what the part holds now."""
        return cls(initial={name: getattr(record, name) for name in cls.base_fields})

    def only(self, names: Iterable[str]) -> Self:
        """The form of these fields alone, before it is validated; the others stay as they are stored."""
        wanted = set(names)
        self.fields = {name: field for name, field in self.fields.items() if name in wanted}
        return self

    @staticmethod
    def read_from(data: Any) -> dict[str, str]:
        """The marks of the answers as they stood on the page that sent this; empty when it held none."""
        return as_read.sent_marks(data)

    @classmethod
    def marks(cls, record: Any) -> str:
        """The same, for the page that is shown now."""
        return as_read.written(as_read.fingerprints(record, cls.part.columns))

    def taking(self, names: Iterable[str], record: Any) -> "PartForm":
        """The form as typed, but with these answers as the part holds them now."""
        data = cast(QueryDict, self.data).copy()
        for name in names:
            if name not in self.fields:
                continue
            value = self.fields[name].prepare_value(getattr(record, name))
            for key in [key for key in data if key.startswith(f"{name}_") and key not in self.fields]:
                del data[key]  # the boxes of a date
            if isinstance(value, list):
                data.setlist(name, value)
            else:
                data[name] = "" if value is None else str(value)
        return type(self)(data).only(self.fields)

    def values(self) -> dict[str, Any]:
        """The answers that can be read, as columns of the part; "nothing" as the column stores it."""
        return {name: self.part.stored(name, value) for name, value in self.cleaned_data.items()}


def form_of(part: Part) -> type[PartForm]:
    """The form of a part that needs nothing beyond its declaration."""
    form: type[PartForm] = FieldsOfPart(f"{part.name.capitalize()}Form", (PartForm,), {"part": part})
    return form
