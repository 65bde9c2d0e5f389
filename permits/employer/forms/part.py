"""The form of one part, made from its declaration: a draft may be incomplete, so nothing is required while typing."""

from typing import Any, ClassVar

from django import forms
from django.forms.forms import DeclarativeFieldsMetaclass

from permits.employer.forms.controls import form_fields
from permits.parts.declaration import Part
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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.required = bool(self.part.by_name[name].needed)

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
        for rule in self.part.broken(typed):
            self.add_error(rule.field, str(rule.text))
        return typed

    @classmethod
    def of(cls, record: Any) -> "PartForm":
        """The form with what the part holds now."""
        return cls(initial={name: getattr(record, name) for name in cls.base_fields})

    def values(self) -> dict[str, Any]:
        """The answers that can be read, as columns of the part; "nothing" as the column stores it."""
        return {name: self.part.stored(name, value) for name, value in self.cleaned_data.items()}


def form_of(part: Part) -> type[PartForm]:
    """The form of a part that needs nothing beyond its declaration."""
    form: type[PartForm] = FieldsOfPart(f"{part.name.capitalize()}Form", (PartForm,), {"part": part})
    return form
