"""The base of the pages of an application: a draft may be incomplete, so nothing is required while typing."""

from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.db import models

from permits.actions.applications import PARTS
from permits.parts.completeness import REQUIRED
from wpis.ui.forms import Form


class PartForm(Form):
    """One part. A field that the submission needs is not called optional, but may stay empty until then."""

    part: ClassVar[str]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.required = name in REQUIRED[self.part]

    def full_clean(self) -> None:
        """Check what was typed; what was not typed is a matter of the task list."""
        needed = [field for field in self.fields.values() if field.required]
        for field in needed:
            field.required = False
        super().full_clean()
        for field in needed:
            field.required = True

    @classmethod
    def of(cls, record: Any) -> "PartForm":
        """The form with what the part holds now."""
        return cls(initial={name: getattr(record, name) for name in cls.base_fields})

    def values(self) -> dict[str, Any]:
        """The answers that can be read, as columns of the part; "nothing" as the column stores it."""
        return {name: stored(self.part, name, value) for name, value in self.cleaned_data.items()}


def stored(part: str, name: str, answer: Any) -> Any:
    """An answer as its column stores it: "nothing" is NULL where the column can tell unknown from empty."""
    if answer not in ("", [], None):
        return answer
    column = PARTS[part]._meta.get_field(name)
    assert isinstance(column, models.Field)
    return None if column.null else column.get_default()


class LongSelect(forms.Select):
    """A list of hundreds of entries; one template draws it at once, Django's own takes one per entry."""

    template_name = "permits/employer/long_select.html"


Choices = Callable[[], list[tuple[str, str]]]


def with_blank(choices: Choices) -> Choices:
    """The choices of a list with "nothing chosen" in front, in the language of the reader."""
    return lambda: [("", ""), *choices()]
