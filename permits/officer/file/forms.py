"""What an officer fills in to see a masked value."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from permits.officer.file.masks import Why
from wpis.ui.forms import Form
from wpis.ui.widgets import Radios


class RevealForm(Form):
    """Says why a masked value is looked at."""

    why = forms.ChoiceField(label=_("Why do you need to see it?"), choices=Why.choices, widget=Radios)
    note = forms.CharField(
        label=_("In a few words"),
        help_text=_("Needed for another reason. It is stored encrypted, and only the auditor can read it."),
        max_length=500,
        required=False,
    )
    missing = {"why": _("Say why you need to see it")}

    def clean(self) -> dict[str, Any]:
        """Another reason must be named."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("why") == Why.OTHER and not data.get("note"):
            self.add_error("note", _("Say in a few words what the other reason is"))
        return data
