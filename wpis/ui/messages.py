"""Validation messages of form fields: each says what to do and is translatable."""

from typing import Any

from django import forms
from django.core import validators
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from wpis.ui.fields.address import INVALID
from wpis.ui.fields.lengths import TOO_LONG

LIMITS = {
    "max_length": TOO_LONG,
    "min_length": ngettext_lazy(
        "Use %(limit_value)d character or more", "Use %(limit_value)d characters or more", "limit_value"
    ),
    "max_value": _("Enter %(limit_value)s or less"),
    "min_value": _("Enter %(limit_value)s or more"),
    "null_characters_not_allowed": _("Remove the characters that cannot be shown"),
    "unique": _("This is already in use. Enter another one"),
}

PLAIN: tuple[tuple[type[forms.Field], dict[str, Any]], ...] = (
    (forms.EmailField, {"invalid": INVALID}),
    (forms.IntegerField, {"invalid": _("Enter a whole number, like 40")}),
    (forms.DecimalField, {"invalid": _("Enter a number, like 37.5")}),
    (forms.URLField, {"invalid": _("Enter a web address, like https://example.am")}),
    (
        forms.FileField,
        {"empty": _("The file is empty. Choose another file"), "invalid": _("Choose a file to upload")},
    ),
    (forms.UUIDField, {"invalid": _("Enter a reference as it was given to you")}),
    (forms.ModelChoiceField, {"invalid_choice": _("Choose one of the answers shown")}),
    (forms.ChoiceField, {"invalid_choice": _("Choose one of the answers shown")}),
    (forms.MultipleChoiceField, {"invalid_choice": _("Choose among the answers shown")}),
)

ASK: tuple[tuple[type[forms.Field], Any], ...] = (
    (forms.FileField, _("Choose a file: {label}")),
    (forms.ModelChoiceField, _("Choose an answer: {label}")),
    (forms.ChoiceField, _("Choose an answer: {label}")),
    (forms.BooleanField, _("Tick the box: {label}")),
    (forms.Field, _("Enter {label}")),
)


def speak_plainly(field: forms.Field, label: Any, missing: Any = None) -> None:
    """Replace Django's own messages on one field; texts that the form's author set stay as they are."""
    every: tuple[tuple[type[forms.Field], dict[str, Any]], ...] = (*PLAIN, (forms.Field, LIMITS))
    for kind, texts in every:
        if isinstance(field, kind):
            for code, text in texts.items():
                if _is_django_own(field, code):
                    field.error_messages[code] = text
    if missing:
        field.error_messages["required"] = missing
    elif _is_django_own(field, "required"):
        ask = next(text for kind, text in ASK if isinstance(field, kind))
        field.error_messages["required"] = format_lazy(ask, label=_inside_a_sentence(str(label)))


def _is_django_own(field: forms.Field, code: str) -> bool:
    current = field.error_messages.get(code)
    if current is None:
        return True
    for kind in type(field).__mro__:
        texts = getattr(kind, "default_error_messages", {})
        if kind.__module__.startswith("django.") and texts.get(code) is current:
            return True
    return current in {validators.EmailValidator.message, validators.URLValidator.message}


def _inside_a_sentence(label: str) -> str:
    """Lower the first letter, but leave abbreviations as they are."""
    return label[:1].lower() + label[1:] if label[1:2].islower() else label
