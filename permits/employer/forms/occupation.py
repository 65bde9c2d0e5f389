"""The occupation field: takes what is obviously meant, and offers what may be meant to choose from."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from wpis.classifications.occupations import titled, titles
from wpis.search.occupations import meant, offered


class Suggestions(forms.TextInput):
    """A text box; what may be meant by it is suggested while typing, and offered as radio buttons after sending.

    The radio buttons are an answer to one text: once another text is in the box, they no longer count.
    """

    template_name = "permits/employer/fields/suggestions.html"

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        """The code that was chosen for this text, or the text."""
        typed = super().value_from_datadict(data, files, name)
        chosen = data.get(f"{name}_chosen")
        return chosen if chosen and data.get(f"{name}_offered_for") == typed else typed

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """The box, its list of suggestions, and what is offered for a text that may mean several things."""
        context = super().get_context(name, value, attrs)
        list_id = f"{context['widget']['attrs'].get('id', name)}_list"
        context["widget"]["attrs"] |= {
            "list": list_id,
            "autocomplete": "off",
            "data-suggest": reverse_lazy("employer:occupations"),
        }
        typed = context["widget"]["value"] or ""
        unclear = bool(typed) and not meant(typed)
        context |= {
            "list_id": list_id,
            "offers": [(code, titled(code)) for code in offered(typed)] if unclear else [],
        }
        return context


class OccupationField(forms.CharField):
    """Gives the code of an ISCO-08 unit group. Takes the code, a title, or what people call it, in any language."""

    widget = Suggestions
    default_error_messages = {
        "unclear": _("Choose below which occupation you mean by “%(typed)s”"),
        "strange": _("No occupation in the list is called “%(typed)s”. Try another word"),
    }

    def to_python(self, value: Any) -> str:
        """The code, or the empty text.

        Raises:
            ValidationError: no entry of the list is meant for certain.
        """
        typed = super().to_python(value)
        if not typed:
            return ""
        if code := meant(typed):
            return code
        problem = "unclear" if offered(typed) else "strange"
        raise ValidationError(self.error_messages[problem], code=problem, params={"typed": typed})

    def prepare_value(self, value: Any) -> Any:
        """Show a code with its title; any other input is shown unchanged."""
        return titled(value) if value in titles() else value
