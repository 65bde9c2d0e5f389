"""Refuses a text that is far too long before anything reads it: cleaning it costs time for each of its characters."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import ngettext_lazy

TOO_LONG = ngettext_lazy(
    "Use %(limit_value)d character or fewer; you entered %(show_value)d",
    "Use %(limit_value)d characters or fewer; you entered %(show_value)d",
    "limit_value",
)

ROOM = 10
"""So many times its limit may a text have as it is typed: spaces and signs that nobody sees fall away later."""

LEAST = 500
"""So much is read for every field, however short its limit: what is a little too long gets its own words."""

WITHOUT_LIMIT = 2_000
"""So much is read for a field that has no limit of its own."""

HIDDEN = 100_000
"""Of what a script fills in: what a passkey has signed, with its certificates."""


def longest_typed(field: forms.Field) -> int:
    """The most characters that are read for this field; what is longer is no answer to it."""
    if isinstance(field, forms.JSONField) or field.widget.is_hidden:
        return HIDDEN
    limit: int | None = getattr(field, "max_length", None)
    return WITHOUT_LIMIT if limit is None else max(ROOM * limit, LEAST)


def too_long(field: forms.Field, typed: int) -> ValidationError:
    """What is said at the field of a text of so many characters."""
    limit: int | None = getattr(field, "max_length", None)
    about = {"limit_value": limit or longest_typed(field), "show_value": typed}
    return ValidationError(TOO_LONG, code="max_length", params=about)


def refuse_overlong(field: forms.Field, typed: Any) -> None:
    """Raise ValidationError for a text of which the field would read more than it can hold."""
    if _is_longer(typed, longest_typed(field)):
        raise too_long(field, len(typed))


def cut_overlong(form: Any) -> dict[str, int]:
    """Cut what was typed far too long, so that nobody reads or shows the whole of it; by field, how long it was.

    The caller refuses these fields: nothing that was typed is left out without a word.
    """
    found: dict[str, int] = {}
    data = form.data
    boxes = {form.add_prefix(name): name for name in form.fields}
    for box in list(data):
        name = boxes.get(box) or boxes.get(box.rpartition("_")[0])  # a date has three boxes
        most = longest_typed(form.fields[name]) if name is not None else 0
        if name is None or not any(_is_longer(value, most) for value in _values(data, box)):
            continue
        if not found:
            data = data.copy()
        found[name] = max(len(value) for value in _values(data, box) if isinstance(value, str))
        kept = [value[:most] if isinstance(value, str) else value for value in _values(data, box)]
        if hasattr(data, "setlist"):
            data.setlist(box, kept)
        else:
            data[box] = kept[0]
    form.data = data
    return found


def _is_longer(value: Any, most: int) -> bool:
    return isinstance(value, str) and len(value) > most


def _values(data: Any, box: str) -> list[Any]:
    return list(data.getlist(box)) if hasattr(data, "getlist") else [data[box]]
