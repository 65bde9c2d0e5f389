"""The occupation field: suggests titles, accepts a code or a title, and offers the nearest titles for anything else."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from rapidfuzz import fuzz, process

from wpis.classifications.occupations import occupation_title, occupations
from wpis.documents.names import normalise

LANGUAGES = ("hy", "en")
"""A title is understood in both, whatever the language of the page."""
LIKE_ENOUGH = 60
"""Similarity (0 to 100) from which a title is suggested."""


class Suggestions(forms.TextInput):
    """A text box with a list of suggestions that the browser searches; no script needed."""

    template_name = "permits/employer/fields/suggestions.html"

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """The box and its list."""
        context = super().get_context(name, value, attrs)
        list_id = f"{context['widget']['attrs'].get('id', name)}_list"
        context["widget"]["attrs"] |= {"list": list_id, "autocomplete": "off"}
        context["suggestions"], context["list_id"] = [label for _code, label in occupations()], list_id
        return context


class OccupationField(forms.CharField):
    """Gives the code of an ISCO-08 unit group. Takes the code, the title, or both as the list shows them."""

    widget = Suggestions
    default_error_messages = {
        "unknown": _("No occupation of the list is called “%(typed)s”. The nearest are: %(nearest)s"),
        "strange": _("No occupation of the list is called “%(typed)s”. Try another word"),
    }

    def to_python(self, value: Any) -> str:
        """The code, or the empty text.

        Raises:
            ValidationError: no entry of the list is meant for certain; names the nearest ones.
        """
        typed = super().to_python(value)
        if not typed:
            return ""
        known = dict(occupations())
        titles = {
            (code, language): occupation_title(code, language) for code in known for language in LANGUAGES
        }
        for (code, _language), title in titles.items():
            if typed in (code, known[code]) or normalise(typed) == normalise(title):
                return code
        best = process.extract(
            typed, titles, scorer=fuzz.WRatio, processor=normalise, limit=6, score_cutoff=LIKE_ENOUGH
        )
        nearest = list(dict.fromkeys(known[code] for _title, _score, (code, _language) in best))[:3]
        raise ValidationError(
            self.error_messages["unknown" if nearest else "strange"],
            code="unknown",
            params={"typed": typed, "nearest": "; ".join(nearest)},
        )

    def prepare_value(self, value: Any) -> Any:
        """Show a stored code with its title; invalid input is shown unchanged."""
        return dict(occupations()).get(value, value)
